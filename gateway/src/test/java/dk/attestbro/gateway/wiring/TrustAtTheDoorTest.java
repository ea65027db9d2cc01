package dk.attestbro.gateway.wiring;

import static dk.attestbro.trust.TestPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.TestGateway;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.trust.OcspAnswers;
import dk.attestbro.trust.OcspServer;
import dk.attestbro.trust.TestPki;
import dk.attestbro.trust.TestPki.Holder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import javax.sql.DataSource;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A gateway with a configured root, wired as it runs, and letters that come in: each signed by a
 * certificate that the directory names, and taken or refused for what that is worth now.
 */
final class TrustAtTheDoorTest {
  private static final Holder ROOT = TestPki.root("Root");
  private static final KeyAndCertificate OWN =
      own(ROOT.issue("Gateway").usage(KeyUsage.keyAgreement).make());

  private final OcspServer responder = new OcspServer();
  private final TestGateway gateway = new TestGateway();
  private final Holder good = ROOT.issue("Good").make();
  private final Holder revokedByList = ROOT.issue("Listed").make();
  private final Holder answeredFor =
      ROOT.issue("Answered")
          .with(Extension.authorityInfoAccess, false, OcspAnswers.at(responder.url()))
          .make();
  private ConfigurableApplicationContext context;

  @BeforeEach
  void aRootWithAListAndAResponder(@TempDir Path folder) throws Exception {
    ROOT.write(folder.resolve("root.pem"));
    TestPki.write(
        folder.resolve("crls/root.crl"), "X509 CRL", ROOT.crl(revokedByList).getEncoded());
    context =
        new SpringApplicationBuilder(TrustConfiguration.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .initializers(
                to -> {
                  GenericApplicationContext beans = (GenericApplicationContext) to;
                  beans.registerBean(
                      CmsProtection.class,
                      () -> new CmsProtection(OWN, List.of(OWN), new PrivateKeyOperations()));
                  // Without a database nothing is remembered of responders, and all else is the
                  // same.
                  beans.registerBean(DataSource.class, () -> new DriverManagerDataSource());
                })
            // As arguments, which come before what application.yaml says.
            .run(
                "--attestbro.trust.roots[0].name=own-ca",
                "--attestbro.trust.roots[0].file=" + folder.resolve("root.pem"),
                "--attestbro.trust.crls=" + folder.resolve("crls"));
    gateway.cms = context.getBean(MessageProtection.class);
    gateway.clock.pass(Duration.between(gateway.clock.instant(), NOW));
  }

  @AfterEach
  void stop() {
    context.close();
    gateway.close();
    responder.close();
  }

  @Test
  void takesALetterSignedByAGoodCertificateAndKeepsByWhatItWasJudged() {
    assertThat(signedBy(good)).isInstanceOf(Answer.Accepted.class);
    assertThat(gateway.proofs.find(good.model().fingerprint())).isPresent();
    assertThat(gateway.proofs.find(ROOT.model().fingerprint())).isPresent();
  }

  @Test
  void refusesACertificateThatAListNames() {
    assertThat(refusal(revokedByList)).isEqualTo("CERTIFICATE_REVOKED");
  }

  @Test
  void refusesACertificateThatItsResponderCallsRevoked() {
    OcspAnswers.Answer revoked =
        OcspAnswers.Answer.of(
            ROOT,
            new RevokedStatus(Date.from(NOW.minusSeconds(3600)), 1),
            NOW.minusSeconds(60),
            NOW.plusSeconds(3600));
    responder.answers((request, exchange) -> OcspServer.send(exchange, revoked.to(request)));

    assertThat(refusal(answeredFor)).isEqualTo("CERTIFICATE_REVOKED");
  }

  @Test
  void refusesACertificateThatLeadsToNoRootThoughTheDirectoryNamesIt() {
    Holder stranger = TestPki.root("Nobody's").issue("Stranger").make();

    assertThat(refusal(stranger)).isEqualTo("CERTIFICATE_UNTRUSTED");
  }

  @Test
  void refusesACertificateOutsideItsDatesByWhatIsWrongWithIt() {
    Holder expired =
        ROOT.issue("Expired").dates(NOW.minusSeconds(90_000), NOW.minusSeconds(60)).make();
    Holder early = ROOT.issue("Early").dates(NOW.plusSeconds(60), NOW.plusSeconds(90_000)).make();

    assertThat(refusal(expired)).isEqualTo("CERTIFICATE_EXPIRED");
    assertThat(refusal(early)).isEqualTo("CERTIFICATE_NOT_YET_VALID");
  }

  @Test
  void refusesACertificateThatIsForOtherUses() {
    assertThat(refusal(ROOT.issue("Agrees").usage(KeyUsage.keyAgreement).make()))
        .isEqualTo("CERTIFICATE_WRONG_USE");
  }

  private String refusal(Holder signer) {
    Answer.Refused refused = (Answer.Refused) signedBy(signer);
    return refused.refusal().reason().name();
  }

  private Answer signedBy(Holder signer) {
    gateway.signs(SampleDirectory.ODENSE, signer.model());
    KeyAndCertificate key = own(signer);
    Payload request = Messages.at(NOW).request(MediaType.FHIR_JSON);
    byte[] cms =
        new CmsProtection(key, List.of(key), new PrivateKeyOperations())
            .protect(request, OWN.model(), NOW);
    return gateway.receive.take(
        gateway.from(SampleDirectory.ODENSE, new Payload(cms, MediaType.CMS)));
  }

  private static KeyAndCertificate own(Holder holder) {
    return new KeyAndCertificate(holder.keys().getPrivate(), holder.certificate());
  }
}
