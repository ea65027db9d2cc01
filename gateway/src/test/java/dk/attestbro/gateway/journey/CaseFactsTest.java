package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Contact;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the figures keep of a case while it waits for the requester. */
final class CaseFactsTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final Payload request = messages.request(MediaType.FHIR_JSON);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void haveNoDueDayWhileTheDeadlineStandsStill() {
    post(ODENSE, request);
    acknowledge();
    gateway.clock.pass(Duration.ofDays(2));

    ask();
    gateway.clock.pass(Duration.ofDays(30));
    CaseFact asked = fact();
    answer();

    assertThat(asked.due()).isEmpty();
    assertThat(fact().due()).contains(LocalDate.of(2027, 1, 6));
    assertThat(fact().pausedDays()).isEqualTo(30);
  }

  @Test
  void countNoPausedDaysBeforeTheProvenReceipt() {
    post(ODENSE, request);
    gateway.clock.pass(Duration.ofDays(1));
    ask();
    gateway.clock.pass(Duration.ofDays(3));
    acknowledge();
    gateway.clock.pass(Duration.ofDays(2));
    answer();

    assertThat(fact().pausedDays()).isEqualTo(2);
  }

  @Test
  void haveNoConsultationFromBeforeTheRequest() {
    post(ODENSE, request);
    Contact doctor = new Contact("Test Læge", "78450000");
    LocalDate yesterday = messages.today().minusDays(1);

    assertThatThrownBy(
            () ->
                gateway.ownTurns.assign(
                    messages.caseId(), MIDT.id(), doctor, Optional.of(yesterday)))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            refused ->
                assertThat(refused.refusal().problems())
                    .extracting(problem -> problem.reason() + " " + problem.path())
                    .containsExactly(RefusalReason.DATES_IN_WRONG_ORDER + " consultation"));
    gateway.ownTurns.assign(messages.caseId(), MIDT.id(), doctor, Optional.of(messages.today()));

    assertThat(known().standing().consultation()).contains(messages.today());
  }

  private void ask() {
    post(
        MIDT,
        messages.back(
            new LetterContent.Question("Hvilken periode?", ""), request, MediaType.FHIR_JSON));
  }

  private void answer() {
    post(
        ODENSE,
        messages.forward(
            new LetterContent.Clarification("Siden marts."), request, MediaType.FHIR_JSON));
  }

  private void acknowledge() {
    post(
        MIDT,
        Messages.at(gateway.clock.instant())
            .acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON));
  }

  private void post(Party by, Payload letter) {
    assertThat(gateway.post(by, letter)).isInstanceOf(Answer.Accepted.class);
  }

  private CertificateCase known() {
    return gateway.records.certificateCase(messages.caseId()).orElseThrow();
  }

  private CaseFact fact() {
    return CaseFacts.of(known(), SampleDirectory.directory(), gateway.clock.instant());
  }
}
