package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Agreement;
import dk.attestbro.model.Agreements;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.FollowUpSchedule;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Commit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reminders, escalations and lapsed consents, a day at a time. */
final class FollowUpCaseTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final Party SYD = SampleDirectory.SYD;
  private static final Duration DAY = Duration.ofDays(1);

  private final TestGateway gateway = new TestGateway();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void remindsOnTheDaysOfTheSchedule() {
    Asked asked = received();

    followedUpFor(40);

    assertThat(told(asked))
        .containsExactly(
            "2026-12-04 notice",
            "2026-12-08 reminder",
            "2026-12-14 reminder",
            "2026-12-21 escalation");
    assertThat(gateway.alarms).containsExactly("ESCALATED psychiatry-midt");
    assertThat(known(asked).standing().reminders()).isEqualTo(2);
  }

  @Test
  void tellsEveryCaseOfAYearOnceOnItsDayWhateverNodesAndRestarts() {
    Random random = new Random(2026);
    Map<Asked, LocalDate> cases = new LinkedHashMap<>();
    FollowUpCase node = gateway.followUpCase;
    FollowUpCase other = gateway.anotherNode();
    for (int day = 0; day < 366; day++) {
      if (day % 15 == 0) {
        cases.put(received(), today());
      }
      if (random.nextInt(10) == 0) {
        node = gateway.anotherNode();
      }
      if (random.nextInt(3) == 0) {
        gateway.records.before(other::due);
      }
      if (random.nextInt(7) == 0) {
        gateway.records.nextGives(Commit.STALE);
        node.due();
      }
      node.due();
      other.due();
      gateway.clock.pass(DAY);
    }

    assertThat(cases).hasSize(25);
    cases.forEach(
        (asked, received) ->
            assertThat(told(asked)).as("received %s", received).isEqualTo(expected(received)));
    assertThat(cases.keySet().stream().flatMap(this::written))
        .allSatisfy(letter -> assertThat(letter.receipt()).isEmpty());
    // The first lived through every step; the letters of the others differ in their dates.
    assertThat(written(cases.keySet().iterator().next())).allSatisfy(this::assertValid);
  }

  /** What a case that was received then is told up to today, counted without the gateway. */
  private List<String> expected(LocalDate received) {
    LocalDate due = received.plusDays(14);
    LocalDate first = due.plusDays(1);
    while (first.getDayOfWeek().getValue() > 5) {
      first = first.plusDays(1);
    }
    LocalDate lapse = received.minusDays(21).plusYears(1).plusDays(1);
    return Stream.of(
            due.minusDays(3) + " notice",
            first + " reminder",
            due.plusDays(7) + " reminder",
            due.plusDays(14) + " escalation",
            lapse + " certificate-returned",
            lapse + " consent-withdrawn")
        .filter(step -> step.compareTo(today().toString()) < 0)
        .toList();
  }

  @Test
  void writesAReminderInTheRequestersNameWithItselfAsAgent() {
    Asked asked = received();

    followedUpFor(12);

    Letter reminder = written(asked).findFirst().orElseThrow();
    assertThat(reminder.event()).isEqualTo("certificate-reminder");
    assertThat(reminder.ref().sender()).isEqualTo(ODENSE.id());
    assertThat(reminder.receiver()).contains(MIDT.id());
    assertThat(gateway.row(reminder.ref()).receiver()).isEqualTo(MIDT.id());
    assertThat(text(reminder)).contains(SampleDirectory.GATEWAY.sor());
    assertValid(reminder);
  }

  @Test
  void takesOnlyTheLastStepAfterAnOutage() {
    Asked asked = received();
    gateway.clock.pass(Duration.ofDays(30));

    assertThat(gateway.followUpCase.due()).isEqualTo(1);
    assertThat(gateway.followUpCase.due()).isZero();

    assertThat(told(asked)).containsExactly("2026-12-23 escalation");
  }

  @Test
  void sendsNoRemindersForAPartyThatHasThemOffButEscalates() {
    gateway.change(Parties.withoutReminders(ODENSE));
    Asked asked = received();

    followedUpFor(40);

    assertThat(told(asked)).containsExactly("2026-12-21 escalation");
    assertThat(gateway.alarms).containsExactly("ESCALATED psychiatry-midt");
  }

  @Test
  void followsTheScheduleOfTheAgreement() {
    gateway.agreed =
        Agreements.of(
            List.of(
                new Agreement(
                    "midt",
                    MIDT.region().orElseThrow(),
                    Optional.empty(),
                    Set.of(),
                    List.of(),
                    new FollowUpSchedule(5, 2, 0, 10),
                    Optional.empty(),
                    false)));
    Asked asked = received();

    followedUpFor(40);

    assertThat(told(asked))
        .containsExactly("2026-12-02 notice", "2026-12-09 reminder", "2026-12-17 escalation");
  }

  @Test
  void remindsOfNothingBeforeTheRequestIsProvenReceived() {
    Asked asked = asked();

    followedUpFor(60);

    assertThat(told(asked)).isEmpty();
  }

  @Test
  void remindsOfNothingWhileTheRequesterOwesAnAnswer() {
    Asked asked = received();
    post(MIDT, asked.back(new LetterContent.Question("Hvilken periode?", "")));
    followedUpFor(10);

    post(ODENSE, asked.forward(new LetterContent.Clarification("Siden marts.")));
    followedUpFor(40);

    assertThat(told(asked))
        .containsExactly(
            "2026-12-14 notice",
            "2026-12-18 reminder",
            "2026-12-24 reminder",
            "2026-12-31 escalation");
  }

  @Test
  void remindsOfNothingThatIsAnswered() {
    Asked asked = received();
    gateway.clock.pass(Duration.ofDays(8));
    post(MIDT, asked.messages().reply(asked.request(), MediaType.FHIR_JSON));

    followedUpFor(400);

    assertThat(told(asked)).isEmpty();
  }

  @Test
  void remindsOfNothingThatIsReturned() {
    Asked asked = received();
    gateway.clock.pass(DAY);
    post(MIDT, asked.messages().returned(asked.request(), MediaType.FHIR_JSON));

    followedUpFor(400);

    assertThat(told(asked)).isEmpty();
  }

  @Test
  void passesAForwardedRequestOnToTheNewUnit() {
    Asked asked = received();

    post(MIDT, asked.back(forwardedToSyd()));

    Letter passedOn = written(asked).findFirst().orElseThrow();
    assertThat(passedOn.event()).isEqualTo(EventCode.CERTIFICATE_REQUEST.code());
    assertThat(passedOn.ref().sender()).isEqualTo(ODENSE.id());
    assertThat(passedOn.receiver()).contains(SYD.id());
    assertThat(read(passedOn).destinations().get(0).receiver().sor()).isEqualTo(SYD.sor());
    assertThat(gateway.row(passedOn.ref()).receiver()).isEqualTo(SYD.id());
    assertThat(text(passedOn)).contains(SampleDirectory.GATEWAY.sor());
    assertThat(text(passedOn)).contains("forward-message");
    assertThat(read(passedOn).owner().orElseThrow().sor()).isEqualTo(SYD.sor());
    assertValid(passedOn);
    assertThat(known(asked).state()).isEqualTo(CertificateCase.State.FORWARDED);
  }

  @Test
  void passesTheDocumentsOfARequestOnWithIt() {
    Messages messages = Messages.at(now());
    Payload request =
        Messages.withPdf(messages.request(MediaType.FHIR_JSON), "Sygehistorie fra kommunen");
    Asked asked = new Asked(messages, request);
    post(ODENSE, request);
    acknowledge(MIDT, TestGateway.ref(ODENSE, request));

    post(MIDT, asked.back(forwardedToSyd()));

    Letter passedOn = written(asked).findFirst().orElseThrow();
    assertThat(read(passedOn).attachments())
        .singleElement()
        .satisfies(document -> assertThat(document.data()).isEqualTo(Messages.PDF));
    assertValid(passedOn);
  }

  @Test
  void givesTheTurnToTheRequesterWhereTheNewUnitRefusesAndTellsOperations() {
    Asked asked = received();
    post(MIDT, asked.back(forwardedToSyd()));
    Letter passedOn = written(asked).findFirst().orElseThrow();

    acknowledge(SYD, passedOn.ref(), AcknowledgementCode.FATAL_ERROR);

    assertThat(known(asked).state()).isEqualTo(CertificateCase.State.FORWARDED);
    assertThat(known(asked).turn()).isEqualTo(CertificateCase.Whose.REQUESTER);
    assertThat(gateway.alarms).containsExactly("ACKNOWLEDGED_FATAL_ERROR psychiatry-syd");
    followedUpFor(10);
    assertThat(written(asked).filter(letter -> !isRequest(letter))).isEmpty();
    post(
        ODENSE,
        asked.messages().between(ODENSE, SYD).cancellation(asked.request(), MediaType.FHIR_JSON));
    assertThat(known(asked).state()).isEqualTo(CertificateCase.State.CANCELLED);
  }

  @Test
  void givesTheTurnToTheRequesterWhereItsRequestIsRefused() {
    Asked asked = asked();

    acknowledge(MIDT, TestGateway.ref(ODENSE, asked.request()), AcknowledgementCode.FATAL_ERROR);

    assertThat(known(asked).state()).isEqualTo(CertificateCase.State.SENT);
    assertThat(known(asked).turn()).isEqualTo(CertificateCase.Whose.REQUESTER);
    assertThat(gateway.alarms).isEmpty();
  }

  @Test
  void knowsTheNewUnitAsOwnerOfAForwardedCase() {
    Asked asked = received();
    post(MIDT, asked.back(forwardedToSyd()));
    Letter passedOn = written(asked).findFirst().orElseThrow();

    acknowledge(SYD, passedOn.ref());

    assertThat(known(asked).state()).isEqualTo(CertificateCase.State.RECEIVED);
    assertThat(known(asked).responder()).isEqualTo(SYD.id());
    gateway.clock.pass(Duration.ofDays(8));
    assertThat(
            problems(
                gateway.post(MIDT, asked.messages().reply(asked.request(), MediaType.FHIR_JSON))))
        .contains(RefusalReason.CASE_PARTY_WRONG);
    post(SYD, asked.messages().between(ODENSE, SYD).reply(asked.request(), MediaType.FHIR_JSON));
    assertThat(known(asked).state()).isEqualTo(CertificateCase.State.REPLIED);
  }

  @Test
  void remindsTheNewUnitOfAForwardedCaseAndNotTheOldOne() {
    Asked asked = received();
    post(MIDT, asked.back(forwardedToSyd()));
    acknowledge(SYD, written(asked).findFirst().orElseThrow().ref());

    followedUpFor(40);

    assertThat(written(asked).filter(letter -> !isRequest(letter)))
        .hasSize(3)
        .allSatisfy(letter -> assertThat(letter.receiver()).contains(SYD.id()))
        .allSatisfy(
            letter -> assertThat(read(letter).owner().orElseThrow().sor()).isEqualTo(SYD.sor()))
        .allSatisfy(this::assertValid);
    assertThat(gateway.alarms).containsExactly("ESCALATED psychiatry-syd");
  }

  @Test
  void endsACaseWhoseConsentHasLapsedOnceWithANoticeToBoth() {
    Asked asked = received();
    gateway.clock.pass(Duration.ofDays(345));

    assertThat(gateway.followUpCase.due()).isEqualTo(1);
    assertThat(gateway.anotherNode().due()).isZero();

    assertThat(known(asked).state()).isEqualTo(CertificateCase.State.CONSENT_LAPSED);
    assertThat(written(asked))
        .hasSize(2)
        .extracting(letter -> letter.event() + " to " + letter.receiver().orElseThrow())
        .containsExactlyInAnyOrder(
            "consent-withdrawn to psychiatry-midt", "certificate-returned to employment-odense");
    assertThat(written(asked)).allSatisfy(this::assertValid);
  }

  @Test
  void recordsTheAcknowledgementOfAReminderAndPassesItOnToNobody() {
    Asked asked = received();
    gateway.deliverAll();
    followedUpFor(12);
    gateway.deliverAll();
    Letter reminder = written(asked).findFirst().orElseThrow();

    acknowledge(MIDT, reminder.ref());

    assertThat(gateway.letter(reminder.ref()).status()).isEqualTo(LetterStatus.ACKNOWLEDGED);
    assertThat(gateway.acknowledgementsTo(ODENSE)).isEmpty();
    assertThat(gateway.letter(reminder.ref()).acknowledgement().orElseThrow().letter())
        .satisfies(by -> assertThat(gateway.letter(by).status()).isEqualTo(LetterStatus.SENT));
  }

  @Test
  void raisesAnAlarmForADeadReminderAndSendsTheRequesterNoAcknowledgement() {
    Asked asked = received();
    gateway.deliverAll();
    followedUpFor(12);
    gateway.outcomes.add(new DeliveryOutcome.FatalFailure("HTTP_400"));

    gateway.deliverAll();

    Letter reminder = written(asked).findFirst().orElseThrow();
    assertThat(reminder.status()).isEqualTo(LetterStatus.DEAD);
    assertThat(gateway.alarms).hasSize(1).allMatch(alarm -> alarm.startsWith("DEAD "));
    assertThat(gateway.acknowledgementsTo(ODENSE)).isEmpty();
  }

  /** A case and the samples that it is written with. */
  private record Asked(Messages messages, Payload request) {
    CaseId id() {
      return messages.caseId();
    }

    Payload back(LetterContent content) {
      return messages.back(content, request, MediaType.FHIR_JSON);
    }

    Payload forward(LetterContent content) {
      return messages.forward(content, request, MediaType.FHIR_JSON);
    }
  }

  private Asked asked() {
    Messages messages = Messages.at(now());
    Asked asked = new Asked(messages, messages.request(MediaType.FHIR_JSON));
    post(ODENSE, asked.request());
    return asked;
  }

  private Asked received() {
    Asked asked = asked();
    acknowledge(MIDT, TestGateway.ref(ODENSE, asked.request()));
    return asked;
  }

  private void acknowledge(Party by, LetterRef letter) {
    acknowledge(by, letter, AcknowledgementCode.OK);
  }

  private void acknowledge(Party by, LetterRef letter, AcknowledgementCode code) {
    Payload content = gateway.openLetter.open(letter).orElseThrow();
    post(by, Messages.at(now()).acknowledgement(content, code, MediaType.FHIR_JSON));
  }

  private void post(Party by, Payload letter) {
    Answer answer = gateway.post(by, letter);
    assertThat(answer).as(() -> problems(answer).toString()).isInstanceOf(Answer.Accepted.class);
  }

  private static List<RefusalReason> problems(Answer answer) {
    return answer instanceof Answer.Refused refused
        ? refused.refusal().problems().stream().map(Problem::reason).toList()
        : List.of();
  }

  /** Follows up today and the days after, and stops at the day after the last. */
  private void followedUpFor(int days) {
    for (int day = 0; day < days; day++) {
      gateway.followUpCase.due();
      gateway.clock.pass(DAY);
    }
  }

  /** What the gateway has said and noted about a case by itself, by day. */
  private List<String> told(Asked asked) {
    List<String> told = new ArrayList<>();
    written(asked).forEach(letter -> told.add(day(letter.receivedAt()) + " " + what(letter)));
    gateway.records.evidence("case:" + asked.id()).stream()
        .map(link -> link.entry())
        .filter(entry -> entry.code() == TimelineCode.ESCALATED)
        .forEach(entry -> told.add(day(entry.at()) + " escalation"));
    return told.stream().sorted().toList();
  }

  private Stream<Letter> written(Asked asked) {
    return gateway.records.lettersOf(asked.id()).stream().filter(Letter::isWrittenByGateway);
  }

  private String what(Letter letter) {
    LetterContent content = read(letter).content().orElseThrow();
    return content instanceof LetterContent.Reminder reminder ? reminder.kind() : letter.event();
  }

  private void assertValid(Letter letter) {
    assertThat(
            TestGateway.VALIDATOR
                .validate(read(letter), letter.receivedAt(), OptionalInt.empty())
                .problems())
        .as(letter.event())
        .isEmpty();
  }

  private MessageReading read(Letter letter) {
    return gateway.openLetter.read(letter.ref()).orElseThrow();
  }

  private String text(Letter letter) {
    return new String(
        gateway.openLetter.open(letter.ref()).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static boolean isRequest(Letter letter) {
    return letter.event().equals(EventCode.CERTIFICATE_REQUEST.code());
  }

  private static LetterContent forwardedToSyd() {
    return new LetterContent.Forwarded(
        new OrganisationIds(SYD.sor(), SYD.gln(), ""), SYD.name(), "Patienten er flyttet.");
  }

  private CertificateCase known(Asked asked) {
    return gateway.records.certificateCase(asked.id()).orElseThrow();
  }

  private Instant now() {
    return gateway.clock.instant();
  }

  private LocalDate today() {
    return day(now());
  }

  private static LocalDate day(Instant at) {
    return DeadlineRule.day(at);
  }
}
