package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailIdsTest {
  private static final PartyId AARHUS = new PartyId("employment-aarhus");
  private static final String DOMAIN = "gateway.example.dk";

  @ParameterizedTest
  @ValueSource(strings = {"a8c041b8-c65a-4fde-a90f-962076918834", "1", ".", "a..b.", "-.-"})
  void anEnvelopeIsFoundAgainFromItsMessageId(String bundle) {
    String messageId = MailIds.messageId(AARHUS, new BundleId(bundle), DOMAIN);

    assertThat(MailIds.envelopeOf(messageId, DOMAIN))
        .contains(new MailIds.Envelope(AARHUS, new BundleId(bundle)));
  }

  @Test
  void isWrittenAsRfc5322HasIt() {
    assertThat(MailIds.messageId(AARHUS, new BundleId("a..b."), DOMAIN))
        .isEqualTo("<a__b_.employment-aarhus.letter@gateway.example.dk>");
  }

  @Test
  void aMailSystemMayLeaveTheBracketsOutAndChangeTheCaseOfTheDomain() {
    assertThat(
            MailIds.envelopeOf("b-1.employment-aarhus.letter@GATEWAY.example.dk", DOMAIN)
                .orElseThrow()
                .bundleId())
        .isEqualTo(new BundleId("b-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<b-1.employment-aarhus.letter@elsewhere.example>",
        "<b-1.employment-aarhus.notice@gateway.example.dk>",
        "<b-1.letter@gateway.example.dk>",
        "<b 1.employment-aarhus.letter@gateway.example.dk>",
        "",
        "<>"
      })
  void whatIsNotALettersIdGivesNothing(String other) {
    assertThat(MailIds.envelopeOf(other, DOMAIN)).isEmpty();
  }

  @Test
  void anEnvelopesIdHasATokenThatTheMessageIdHasNot() {
    String token = "0123456789_abc-e";
    MailIds.Envelope envelope = new MailIds.Envelope(AARHUS, new BundleId("b-1"));
    String id = MailIds.envelopeId(envelope, token, DOMAIN);

    assertThat(MailIds.envelopeOf(id, DOMAIN)).contains(envelope);
    assertThat(MailIds.tokenOf(id)).contains(token);
    String messageId = MailIds.messageId(AARHUS, envelope.bundleId(), DOMAIN);
    assertThat(MailIds.tokenOf(messageId)).isEmpty();
  }

  @Test
  void theTokenAloneIsTheIdWhereTheWholeIsMoreThanAServerTakes() {
    String token = "0123456789_abc-e";
    MailIds.Envelope envelope = new MailIds.Envelope(AARHUS, new BundleId("b".repeat(64)));

    String id = MailIds.envelopeId(envelope, token, DOMAIN);

    assertThat(id).isEqualTo(token);
    assertThat(MailIds.tokenOf(id)).contains(token);
  }

  @Test
  void theNoticeAndTheCaseHaveIdsOfTheirOwn() {
    CaseId caseId = CaseId.parse("2b3c4d5e-0000-4000-8000-000000000001").orElseThrow();

    assertThat(MailIds.caseId(caseId, DOMAIN))
        .isEqualTo("<2b3c4d5e-0000-4000-8000-000000000001.case@gateway.example.dk>");
    assertThat(MailIds.noticeId(AARHUS, new BundleId("b-1"), DOMAIN))
        .isEqualTo("<b-1.employment-aarhus.notice@gateway.example.dk>");
  }
}
