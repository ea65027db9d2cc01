package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.CertificateTrust.Trusted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AuthenticateTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party AARHUS = SampleDirectory.AARHUS;

  private final TestGateway gateway = new TestGateway();
  private final Payload request = TestGateway.newCase().request(MediaType.FHIR_JSON);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void takesTheSenderWhomTheCredentialsAndTheHeaderAgreeOn() {
    AuthenticatedMessage message = gateway.authenticate.sender(gateway.from(ODENSE, request));

    assertThat(message.sender()).isEqualTo(ODENSE.id());
    assertThat(message.problems()).isEmpty();
    assertThat(message.receivedSha256()).isEqualTo(request.sha256());
  }

  @Test
  void refusesAMessageInTheNameOfAnotherParty() {
    IncomingMessage incoming = gateway.from(AARHUS, request);

    refuses(RefusalReason.SENDER_NOT_AUTHENTICATED, () -> gateway.authenticate.sender(incoming));
  }

  @Test
  void refusesCredentialsThatStandForNoParty() {
    IncomingMessage incoming =
        IncomingMessage.of(
            new Caller(Set.of(), true, "operator"), request, Optional.empty(), TestGateway.NOW);

    refuses(RefusalReason.NOT_ALLOWED, () -> gateway.authenticate.sender(incoming));
  }

  @Test
  void findsTheSenderAmongSeveralPartiesOfOneVendor() {
    IncomingMessage incoming =
        IncomingMessage.of(
            TestGateway.caller(AARHUS, ODENSE), request, Optional.empty(), TestGateway.NOW);

    assertThat(gateway.authenticate.sender(incoming).sender()).isEqualTo(ODENSE.id());
  }

  @Test
  void countsTheCallerAsSenderWhereTheHeaderNamesNobodyKnown() {
    Payload unknown = Messages.broken(request, ODENSE.sor(), "1000000000099999");

    AuthenticatedMessage message = gateway.authenticate.sender(gateway.from(ODENSE, unknown));

    assertThat(message.sender()).isEqualTo(ODENSE.id());
    assertThat(message.problems())
        .extracting(Problem::reason)
        .isEqualTo(List.of(RefusalReason.SENDER_UNKNOWN));
  }

  @Test
  void asksWhichPartyWhereSeveralMayBeMeantAndTheHeaderNamesNobodyKnown() {
    Payload unknown = Messages.broken(request, ODENSE.sor(), "1000000000099999");
    IncomingMessage incoming =
        IncomingMessage.of(
            TestGateway.caller(AARHUS, ODENSE), unknown, Optional.empty(), TestGateway.NOW);

    refuses(RefusalReason.PARTY_AMBIGUOUS, () -> gateway.authenticate.sender(incoming));
  }

  @Test
  void notesAGlnThatIsNotTheListedOne() {
    Payload other = Messages.broken(request, ODENSE.gln(), "5790001900021");

    AuthenticatedMessage message = gateway.authenticate.sender(gateway.from(ODENSE, other));

    assertThat(message.problems())
        .extracting(Problem::reason)
        .isEqualTo(List.of(RefusalReason.GLN_NOT_LISTED));
  }

  @Test
  void refusesACmsSignatureThatIsNotTheSenders() {
    IncomingMessage incoming = gateway.from(ODENSE, TestGateway.cms(request));

    refuses(RefusalReason.CMS_SIGNATURE_INVALID, () -> gateway.authenticate.sender(incoming));
  }

  @Test
  void opensCmsThatTheSenderSignedAndKeepsTheDigestOfWhatCameIn() {
    gateway.change(Parties.signing(ODENSE, TestGateway.SIGNER));
    Payload cms = TestGateway.cms(request);

    AuthenticatedMessage message = gateway.authenticate.sender(gateway.from(ODENSE, cms));

    assertThat(message.receivedSha256()).isEqualTo(cms.sha256());
    assertThat(message.reading().payload().bytes()).isEqualTo(request.bytes());
  }

  @Test
  void keepsByWhatASendersSignatureIsReliedUponAndNoStrangers() {
    Trusted relied = new Trusted(List.of(TestGateway.SIGNER), List.of(), false);
    gateway.signatureTrust = Optional.of(relied);
    IncomingMessage incoming = gateway.from(ODENSE, TestGateway.cms(request));

    refuses(RefusalReason.CMS_SIGNATURE_INVALID, () -> gateway.authenticate.sender(incoming));
    assertThat(gateway.proofs.find(TestGateway.SIGNER.fingerprint())).isEmpty();

    gateway.change(Parties.signing(ODENSE, TestGateway.SIGNER));
    assertThat(gateway.authenticate.sender(incoming).signatures())
        .flatExtracting(SignedBy::relied)
        .containsExactly(relied);
    assertThat(gateway.proofs.find(TestGateway.SIGNER.fingerprint())).isPresent();
  }

  private static void refuses(RefusalReason reason, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            MessageRefused.class, e -> assertThat(e.refusal().reason()).isEqualTo(reason));
  }
}
