package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.HospitalNotification;
import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Agreement;
import dk.attestbro.model.Agreements;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Contact;
import dk.attestbro.model.Digest;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.FollowUpSchedule;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A HospitalNotification about a discharge, where it is agreed that it begins the follow-up. */
final class DischargeCasesTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final LocalDate DATE = LocalDate.of(2026, 11, 22);
  private static final String END = "2026-11-22T14:00:00+01:00";
  private static final String OTHER_END = "2026-11-23T08:30:00+01:00";

  private final TestGateway gateway = new TestGateway();
  private final HospitalNotification discharged =
      HospitalNotification.discharged(TestGateway.NOW, MIDT, ODENSE, END);

  @BeforeEach
  void agree() {
    gateway.agreed = agreed(true);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void beginsAFollowUpInTheCommitThatRecordsTheNotification() {
    Letter letter = posted(discharged);

    assertThat(gateway.records.written()).isEqualTo(1);
    assertThat(letter.receipt().orElseThrow().caseId()).isEqualTo(letter.caseId());
    assertThat(facts())
        .containsExactly(
            new DischargeFact(
                letter.caseId().orElseThrow(),
                MIDT.id(),
                MIDT.region().orElseThrow(),
                ODENSE.id(),
                ODENSE.municipality().orElseThrow(),
                DATE,
                TestGateway.NOW,
                Optional.empty(),
                Optional.empty(),
                TestGateway.NOW));
    assertThat(newest().isBeforeDischarge()).isFalse();
    assertThat(gateway.timeline(letter.ref()))
        .containsExactly(TimelineCode.RECORDED, TimelineCode.DISCHARGE_FOLLOWED);
  }

  @Test
  void relaysTheNotificationByteForByte() {
    Payload message = discharged.payload(MediaType.FHIR_XML);
    post(MIDT, message);

    gateway.deliverAll();

    assertThat(gateway.delivered).extracting(Payload::sha256).containsExactly(message.sha256());
  }

  @Test
  void beginsNothingWhereItIsNotAgreed() {
    gateway.agreed = agreed(false);

    assertThat(posted(discharged).caseId()).isEmpty();
    gateway.agreed = Agreements.NONE;
    assertThat(posted(another()).caseId()).isEmpty();
    assertThat(facts()).isEmpty();
  }

  @Test
  void beginsNothingForASenderThatCannotBeToldTheOutcome() {
    gateway.change(
        SampleDirectory.with(
            MIDT, Parties.receiving(MIDT.endpoint().orElseThrow(), "certificate-request")));

    assertThat(posted(discharged).caseId()).isEmpty();
    assertThat(facts()).isEmpty();
  }

  @Test
  void beginsNothingForAnAdmissionOrALeave() {
    assertThat(posted(discharged.as("admit-inpatient", EncounterStatus.INPROGRESS, "IMP")).caseId())
        .isEmpty();
    assertThat(
            posted(another().as("end-leave-inpatient", EncounterStatus.INPROGRESS, "IMP")).caseId())
        .isEmpty();
    assertThat(
            posted(another().as("discharge-emergency-home", EncounterStatus.FINISHED, "EMER"))
                .caseId())
        .isEmpty();
    assertThat(facts()).isEmpty();
  }

  @Test
  void isAnsweredAsADischargeNoticeIs() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();
    gateway.clock.pass(Duration.ofDays(1));

    Letter told = answered(caseId, "OFFERED_DECLINED");

    assertThat(told.receiver()).contains(MIDT.id());
    assertThat(told.caseId()).contains(caseId);
    assertThat(newest().outcome()).contains("OFFERED_DECLINED");
    assertThat(newest().outcomeAt()).contains(gateway.clock.instant());
    assertThat(newest().noticedAt()).isEqualTo(TestGateway.NOW);
  }

  @Test
  void saysSoWhereTheSenderNoLongerTakesTheOutcome() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();
    gateway.change(
        SampleDirectory.with(
            MIDT, Parties.receiving(MIDT.endpoint().orElseThrow(), "certificate-request")));

    assertThat(reasons(plain(ODENSE, Optional.of(caseId), outcome("NOT_OFFERED"))))
        .containsExactly(RefusalReason.RECEIVER_DOES_NOT_TAKE_EVENT);
  }

  @Test
  void countsARepeatedNotificationOnce() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();

    assertThat(gateway.post(MIDT, discharged.again().payload(MediaType.FHIR_JSON)))
        .isNotInstanceOf(Answer.Refused.class);
    Letter secondLetter = posted(another());

    assertThat(secondLetter.caseId()).contains(caseId);
    assertThat(cases()).containsExactly(caseId);
  }

  @Test
  void followsACorrectedDayInTheSameCase() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();
    answered(caseId, "OFFERED_ACCEPTED");
    gateway.clock.pass(Duration.ofHours(1));

    Letter corrected = posted(discharged.revised(OTHER_END));

    assertThat(corrected.caseId()).contains(caseId);
    assertThat(newest().dischargeDate()).isEqualTo(DATE.plusDays(1));
    assertThat(newest().noticedAt()).isEqualTo(TestGateway.NOW);
    assertThat(newest().outcome()).contains("OFFERED_ACCEPTED");
    assertThat(posted(another(OTHER_END)).caseId()).contains(caseId);
  }

  @Test
  void takesBackTheFollowUpOfACancelledDischarge() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();

    Letter cancelled = posted(discharged.cancelled());

    assertThat(cancelled.caseId()).contains(caseId);
    assertThat(newest().outcome()).contains(DischargeFact.CANCELLED);
    assertThat(newest().dischargeDate()).isEqualTo(DATE);
    assertThat(reasons(plain(ODENSE, Optional.of(caseId), outcome("NOT_OFFERED"))))
        .containsExactly(RefusalReason.CASE_STATE_FORBIDS);
  }

  @Test
  void followsADischargeAgainThatIsToldAfterItWasCancelled() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();
    posted(discharged.cancelled());
    gateway.clock.pass(Duration.ofHours(1));

    assertThat(posted(another()).caseId()).contains(caseId);

    assertThat(newest().outcome()).isEmpty();
    answered(caseId, "OFFERED_ACCEPTED");
    assertThat(newest().outcome()).contains("OFFERED_ACCEPTED");
  }

  @Test
  void keepsAnAnswerThatWasGivenBeforeTheCancellation() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();
    answered(caseId, "OFFERED_ACCEPTED");

    posted(discharged.cancelled());

    assertThat(newest().outcome()).contains("OFFERED_ACCEPTED");
  }

  @Test
  void doesNothingWhereACancelledDischargeWasNeverFollowed() {
    assertThat(posted(discharged.cancelled()).caseId()).isEmpty();
    assertThat(facts()).isEmpty();
  }

  @Test
  void joinsTheCaseOfAnEarlierNoticeInPlainJson() {
    CaseId caseId = noticed(DATE);

    assertThat(posted(discharged).caseId()).contains(caseId);
    assertThat(cases()).containsExactly(caseId);
  }

  @Test
  void isJoinedByALaterNoticeInPlainJson() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();

    assertThat(noticed(DATE)).isEqualTo(caseId);
    assertThat(noticed(DATE.plusDays(1))).isNotEqualTo(caseId);
  }

  @Test
  void joinsTheCaseOfAnEarlierFhirNoticeWhoseSenderChoseItsId() {
    Messages own = TestGateway.newCase();
    post(MIDT, own.dischargeNotice(DATE, MediaType.FHIR_JSON));

    assertThat(posted(discharged).caseId()).contains(own.caseId());
    assertThat(cases()).containsExactly(own.caseId());
    answered(own.caseId(), "NOT_ENTITLED");
    assertThat(newest().outcome()).contains("NOT_ENTITLED");
  }

  @Test
  void countsOneDischargeWhereALaterFhirNoticeHasItsOwnId() {
    CaseId caseId = posted(discharged).caseId().orElseThrow();
    Messages own = TestGateway.newCase();
    gateway.clock.pass(Duration.ofHours(1));

    Payload notice = own.dischargeNotice(DATE, MediaType.FHIR_JSON);
    post(MIDT, notice);
    post(ODENSE, own.mentorOutcome(notice, MediaType.FHIR_JSON));

    assertThat(own.caseId()).isNotEqualTo(caseId);
    assertThat(cases()).containsExactly(caseId);
    assertThat(newest().noticedAt()).isEqualTo(TestGateway.NOW);
    assertThat(newest().outcome()).contains("OFFERED_ACCEPTED");
    gateway.clock.pass(Duration.ofHours(1));
    answered(caseId, "OFFERED_DECLINED");
    assertThat(cases()).containsExactly(caseId);
    assertThat(newest().outcome()).contains("OFFERED_DECLINED");
  }

  @Test
  void saysThatTheContentIsGoneWhereANoticeIsAnsweredTooLate() {
    Letter told = posted(discharged);
    gateway.records.commit(new Change(List.of(new Change.DropContent(told.ref()))));

    assertThat(reasons(plain(ODENSE, told.caseId(), outcome("NOT_OFFERED"))))
        .containsExactly(RefusalReason.CONTENT_DELETED);
  }

  private static HospitalNotification another() {
    return another(END);
  }

  private static HospitalNotification another(String end) {
    return HospitalNotification.discharged(TestGateway.NOW, MIDT, ODENSE, end);
  }

  private static Agreements agreed(boolean follows) {
    return Agreements.of(
        List.of(
            new Agreement(
                "midt-odense",
                MIDT.region().orElseThrow(),
                ODENSE.municipality(),
                Set.of(),
                List.of(),
                FollowUpSchedule.DEFAULT,
                Optional.empty(),
                follows)));
  }

  private Letter posted(HospitalNotification notification) {
    post(MIDT, notification.payload(MediaType.FHIR_JSON));
    // Which of two is the newer shows in their times alone.
    gateway.clock.pass(Duration.ofSeconds(1));
    return gateway.letter(new LetterRef(MIDT.id(), notification.letterId()));
  }

  private void post(Party sender, Payload message) {
    assertThat(gateway.post(sender, message)).isInstanceOf(Answer.Accepted.class);
  }

  /** The case of a notice in plain JSON. */
  private CaseId noticed(LocalDate date) {
    Answer answer = plain(MIDT, Optional.empty(), discharge(date));
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    return ((Answer.Accepted) answer).receipt().caseId().orElseThrow();
  }

  private static LetterContent discharge(LocalDate date) {
    return new LetterContent.DischargeNotice(
        Optional.of(Messages.citizen()),
        Optional.of(date),
        "Sengeafsnit P3",
        Optional.of(new Contact("Sygeplejerske Mads Mose", "+45 78 45 00 00")),
        "");
  }

  private static LetterContent outcome(String code) {
    return new LetterContent.MentorOutcome(code, "");
  }

  private Letter answered(CaseId caseId, String code) {
    Answer answer = plain(ODENSE, Optional.of(caseId), outcome(code));
    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    return gateway.letter(
        new LetterRef(ODENSE.id(), ((Answer.Accepted) answer).receipt().letterId()));
  }

  private Answer plain(Party sender, Optional<CaseId> caseId, LetterContent content) {
    return gateway.writeLetter.take(
        new PlainLetter(
            TestGateway.caller(sender),
            Optional.of(sender.id()),
            LetterId.random(),
            content,
            List.of(),
            caseId.isPresent() ? Optional.empty() : Optional.of(ODENSE.id().value()),
            caseId,
            false,
            Digest.of(new byte[] {1}),
            Digest.of(new byte[] {1})));
  }

  private static List<RefusalReason> reasons(Answer answer) {
    return ((Answer.Refused) answer).refusal().problems().stream().map(Problem::reason).toList();
  }

  private List<DischargeFact> facts() {
    return gateway.records.dischargeFacts();
  }

  /** The cases that are counted. */
  private Set<CaseId> cases() {
    return Set.copyOf(facts().stream().map(DischargeFact::caseId).toList());
  }

  private DischargeFact newest() {
    return facts().get(facts().size() - 1);
  }
}
