package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Agreement;
import dk.attestbro.model.Agreements;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.FollowUpSchedule;
import dk.attestbro.model.InboxNews;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Notice;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Recipient;
import dk.attestbro.port.DueNotice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told of what beside the letters, how often, and what is not said. */
final class NoticesTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party AARHUS = SampleDirectory.AARHUS;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Recipient CONTACT = new Recipient.Mail("attest@example.dk");
  private static final Recipient INBOX = new Recipient.Mail("post@party.example");

  private final TestGateway gateway = new TestGateway();
  private final Notified notified = new Notified();
  private SendNotices send = node();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void theContactOfTheAgreementIsToldOnceOverNodesAndRestarts() {
    gateway.agreed = agreed();
    Messages messages = received();
    FollowUpCase node = gateway.followUpCase;
    FollowUpCase other = gateway.anotherNode();
    SendNotices another = node();
    for (int day = 0; day < 40; day++) {
      gateway.records.before(other::due);
      node.due();
      other.due();
      send.due();
      another.due();
      node = gateway.anotherNode();
      send = node();
      gateway.clock.pass(DAY);
    }

    assertThat(notified.sent).hasSize(1);
    Notice told = notified.sent.get(0).notice();
    assertThat(told.kind()).isEqualTo(Notice.Kind.ESCALATION);
    assertThat(told.recipient()).isEqualTo(CONTACT);
    assertThat(told.facts())
        .containsEntry("case", messages.caseId().toString())
        .containsEntry("responder", MIDT.id().value())
        .containsEntry("due", "2026-12-07");
    assertThat(notified.log).containsExactly("told ESCALATED");
  }

  @Test
  void nobodyIsToldOfAnEscalationWhereNoContactIsAgreed() {
    received();
    gateway.clock.pass(Duration.ofDays(40));

    assertThat(gateway.followUpCase.due()).isEqualTo(1);

    assertThat(send.due()).isZero();
  }

  @Test
  void aPartyIsToldAtOnceOfWhatIsNewInItsInboxAndThenOfHowManyCameMeanwhile() {
    gateway.change(told(MIDT));
    delivered(3);
    send.due();
    gateway.clock.pass(Duration.ofMinutes(5));
    delivered(2);
    send.due();
    gateway.clock.pass(Duration.ofMinutes(9));
    send.due();
    assertThat(notified.sent).extracting(DueNotice::count).containsExactly(3);

    gateway.clock.pass(Duration.ofMinutes(1));
    send.due();

    assertThat(notified.sent).extracting(DueNotice::count).containsExactly(3, 2);
    assertThat(notified.sent.get(1).notice().facts())
        .containsExactly(Map.entry("party", MIDT.id().value()));
  }

  @Test
  void thatAllIsWellWithALetterOfItsOwnIsNoNews() {
    gateway.change(told(AARHUS));
    Messages messages = TestGateway.newCase().between(AARHUS, MIDT);
    Payload request = messages.request(MediaType.FHIR_JSON);
    gateway.post(AARHUS, request);
    gateway.deliverAll();

    gateway.post(
        MIDT, messages.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON));
    gateway.deliverAll();

    assertThat(gateway.memory.items(AARHUS.id(), 0, 10)).hasSize(1);
    assertThat(send.due()).isZero();
  }

  @Test
  void thatALetterOfItsOwnWasRefusedIsNews() {
    gateway.change(told(AARHUS));
    Messages messages = TestGateway.newCase().between(AARHUS, MIDT);
    Payload request = messages.request(MediaType.FHIR_JSON);
    gateway.post(AARHUS, request);
    gateway.deliverAll();

    gateway.post(
        MIDT,
        messages.acknowledgement(request, AcknowledgementCode.FATAL_ERROR, MediaType.FHIR_JSON));
    gateway.deliverAll();

    assertThat(send.due()).isEqualTo(1);
  }

  @Test
  void aNoticeThatCannotBeSentIsTriedForADayAndThenGivenUpWithALineInTheLog() {
    escalated();
    int tried = 0;
    for (int minute = 0; minute < 48 * 60; minute++) {
      notified.outcomes.add(new TransientFailure("CONNECT_FAILED"));
      tried += send.due();
      gateway.clock.pass(Duration.ofMinutes(1));
    }

    assertThat(tried).isEqualTo(22);
    assertThat(notified.sent).extracting(DueNotice::id).containsOnly(notified.sent.get(0).id());
    assertThat(notified.log).containsExactly("given up ESCALATED CONNECT_FAILED");
  }

  @Test
  void aNoticeThatIsRefusedIsGivenUpAtOnce() {
    escalated();
    notified.outcomes.add(new FatalFailure("SMTP_550_5_1_1"));

    send.due();

    assertThat(send.due()).isZero();
    assertThat(notified.log).containsExactly("given up ESCALATED SMTP_550_5_1_1");
  }

  @Test
  void aNoticeThatCannotBeWrittenHoldsUpNoOther() {
    gateway.agreed = agreed();
    received();
    received();
    gateway.clock.pass(Duration.ofDays(40));
    gateway.followUpCase.due();
    SendNotices failing =
        new SendNotices(
            gateway.memory.notices(),
            due -> {
              if (notified.sent.isEmpty()) {
                notified.send(due);
                throw new IllegalStateException("cannot be written");
              }
              return notified.send(due);
            },
            notified,
            gateway.clock);

    assertThat(failing.due()).isEqualTo(2);

    assertThat(notified.log).containsExactly("told ESCALATED");
  }

  @Test
  void noNoticeSaysWhomALetterIsAbout() {
    gateway.agreed = agreed();
    gateway.change(told(MIDT));
    Messages messages = received();
    gateway.clock.pass(Duration.ofDays(8));
    gateway.followUpCase.due();
    gateway.clock.pass(Duration.ofDays(32));
    gateway.followUpCase.due();
    gateway.post(MIDT, messages.reply(messages.request(MediaType.FHIR_JSON), MediaType.FHIR_JSON));
    gateway.deliverAll();

    send.due();

    assertThat(notified.sent)
        .extracting(due -> due.notice().kind())
        .containsOnly(Notice.Kind.ESCALATION, Notice.Kind.INBOX_NEWS);
    assertThat(notified.sent)
        .extracting(
            due ->
                NoticeText.subject(due)
                    + NoticeText.of(due, Optional.of("https://a.example"))
                    + due.notice().topic()
                    + due.notice().facts())
        .allSatisfy(
            said ->
                assertThat(said)
                    .doesNotContainIgnoringCase(
                        "Bruno", "Elmer", "2509479989", "250947-9989", "SAG-2026"));
  }

  private void escalated() {
    gateway.agreed = agreed();
    received();
    gateway.clock.pass(Duration.ofDays(40));
    gateway.followUpCase.due();
  }

  /** So many requests that came into the inbox of psychiatry-midt. */
  private void delivered(int letters) {
    for (int letter = 0; letter < letters; letter++) {
      gateway.post(ODENSE, Messages.at(gateway.clock.instant()).request(MediaType.FHIR_JSON));
    }
    gateway.deliverAll();
  }

  private Messages received() {
    Messages messages = Messages.at(gateway.clock.instant());
    Payload request = messages.request(MediaType.FHIR_JSON);
    gateway.post(ODENSE, request);
    gateway.deliverAll();
    gateway.post(
        MIDT, messages.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON));
    return messages;
  }

  private SendNotices node() {
    return new SendNotices(gateway.memory.notices(), notified::send, notified, gateway.clock);
  }

  private static Party told(Party party) {
    return SampleDirectory.with(
        party, Parties.told(new InboxNews(List.of(INBOX), InboxNews.EVERY)));
  }

  private static Agreements agreed() {
    return Agreements.of(
        List.of(
            new Agreement(
                "midt",
                MIDT.region().orElseThrow(),
                Optional.empty(),
                Set.of(),
                List.of(),
                FollowUpSchedule.DEFAULT,
                Optional.of("attest@example.dk"),
                false)));
  }
}
