package dk.attestbro.gateway.journey;

import dk.attestbro.model.Agreement;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Directory;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.FollowUpRules;
import dk.attestbro.model.FollowUpSchedule;
import dk.attestbro.model.FollowUpStep;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Notice;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.ReturnReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Turn;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows up the cases that wait for a reply: reminds in the requester's name, tells of an
 * escalation, and ends a case whose consent has lapsed. Each step is recorded in one commit with
 * what it sends, under the version of the case: once, whatever restarts and however many nodes.
 */
public final class FollowUpCase {
  private static final int BATCH = 100;
  private static final String LAPSED = "Samtykket er udløbet.";

  /** No schedule gives notice earlier before the last day. */
  private static final int FURTHEST_NOTICE_DAYS = 366;

  private final Records records;
  private final KnownCases cases;
  private final CaseWrites writes;
  private final GatewayLetters letters;
  private final DirectorySource directory;
  private final AgreementSource agreements;
  private final Forms forms;
  private final Alarms alarms;
  private final Clock clock;

  public FollowUpCase(
      Records records,
      KnownCases cases,
      CaseWrites writes,
      GatewayLetters letters,
      DirectorySource directory,
      AgreementSource agreements,
      Forms forms,
      Alarms alarms,
      Clock clock) {
    this.records = records;
    this.cases = cases;
    this.writes = writes;
    this.letters = letters;
    this.directory = directory;
    this.agreements = agreements;
    this.forms = forms;
    this.alarms = alarms;
    this.clock = clock;
  }

  /**
   * Takes every step that is due today; returns how many were taken. A case that cannot be followed
   * up holds up no other: what went wrong with it is thrown at the end.
   */
  public int due() {
    Instant now = clock.instant();
    LocalDate today = DeadlineRule.day(now);
    List<RuntimeException> failures = new ArrayList<>();
    int taken = 0;
    Optional<CaseId> after = Optional.empty();
    List<CertificateCase> batch;
    do {
      batch = records.casesToFollowUp(today.plusDays(FURTHEST_NOTICE_DAYS), today, after, BATCH);
      for (CertificateCase open : batch) {
        try {
          taken += follow(cases.asOf(open, now), now, today) ? 1 : 0;
        } catch (RuntimeException failed) {
          failures.add(failed);
        }
        after = Optional.of(open.id());
      }
    } while (batch.size() == BATCH);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return taken;
  }

  private boolean follow(CertificateCase open, Instant now, LocalDate today) {
    if (FollowUpRules.hasLapsed(open, today)) {
      return lapse(open, now);
    }
    return FollowUpRules.due(open, schedule(open), agreements.calendar(), today)
        .map(step -> take(open, step, now))
        .orElse(false);
  }

  private FollowUpSchedule schedule(CertificateCase open) {
    Directory parties = directory.current();
    Party requester = parties.party(open.requester()).orElseThrow();
    Party responder = parties.party(open.responder()).orElseThrow();
    FollowUpSchedule agreed =
        forms
            .find(open.form())
            .map(form -> agreements.current().followUpFor(form, requester, responder))
            .orElse(FollowUpSchedule.DEFAULT);
    // Whoever refused the request has nothing to be reminded of.
    boolean reminds =
        requester.automaticReminders()
            && open.turn() != CertificateCase.Whose.REQUESTER
            && letters.reaches(open.responder(), EventCode.CERTIFICATE_REMINDER);
    return reminds ? agreed : agreed.withoutReminders();
  }

  private boolean take(CertificateCase open, FollowUpStep step, Instant now) {
    String code = step.codeFor(open.deadline().due().orElseThrow());
    Change.Builder change = new Change.Builder();
    if (step.reminderKind().isPresent()) {
      if (!letters.holdsRequestOf(open)) {
        return false;
      }
      LetterRef reminder =
          letters.say(
              change,
              open,
              open.requester(),
              new LetterContent.Reminder(step.reminderKind().get(), ""),
              now);
      write(change, open, reminded(open, reminder, code, now), TimelineCode.REMINDED, now);
    } else {
      Turn escalated = Turn.ofGateway(Turn.Kind.ESCALATED, open.turnAt(now), code);
      write(change, open, escalated, TimelineCode.ESCALATED, now);
      contact(open).ifPresent(to -> change.add(new Change.AddNotice(escalation(open, to, now))));
    }
    boolean done = records.commit(change.build()) == Commit.DONE;
    if (done && step == FollowUpStep.ESCALATION) {
      alarms.raise(TimelineCode.ESCALATED, "case:" + open.id(), open.responder().value());
    }
    return done;
  }

  /** Whom the agreement names; nobody where none is agreed. */
  private Optional<Recipient> contact(CertificateCase open) {
    Directory parties = directory.current();
    return agreements
        .current()
        .between(
            parties.party(open.requester()).orElseThrow(),
            parties.party(open.responder()).orElseThrow(),
            open.form())
        .flatMap(Agreement::contact)
        .map(Recipient.Mail::new);
  }

  private static Notice escalation(CertificateCase open, Recipient to, Instant now) {
    String due = open.deadline().due().orElseThrow().toString();
    return new Notice(
        Notice.Kind.ESCALATION,
        open.id() + " " + due,
        to,
        TimelineCode.ESCALATED.name(),
        Map.of(
            "case", open.id().toString(),
            "form", open.form(),
            "requester", open.requester().value(),
            "responder", open.responder().value(),
            "due", due),
        now,
        Optional.empty());
  }

  private void write(
      Change.Builder change, CertificateCase open, Turn turn, TimelineCode told, Instant now) {
    CertificateCase after = CaseRules.take(open, turn, agreements.calendar());
    writes.moved(change, open, after, turn.letter(), told, now);
  }

  private static Turn reminded(CertificateCase open, LetterRef reminder, String code, Instant now) {
    return new Turn(
        Turn.Kind.REMINDED,
        open.turnAt(now),
        Optional.of(open.requester()),
        Optional.of(reminder),
        code,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private boolean lapse(CertificateCase open, Instant now) {
    LocalDate lastDay = open.opening().consentUntil().orElseThrow();
    Change.Builder change = new Change.Builder();
    tell(
        change,
        open,
        open.requester(),
        new LetterContent.ConsentWithdrawn(Optional.of(lastDay), LAPSED),
        now);
    tell(
        change,
        open,
        open.responder(),
        new LetterContent.Returned(ReturnReason.CONSENT_EXPIRED.name(), LAPSED),
        now);
    Turn lapsed = Turn.ofGateway(Turn.Kind.CONSENT_LAPSED, open.turnAt(now), "");
    write(change, open, lapsed, TimelineCode.CONSENT_LAPSED, now);
    return records.commit(change.build()) == Commit.DONE;
  }

  /** Says it to the other party, where that takes such letters. */
  private void tell(
      Change.Builder change,
      CertificateCase open,
      PartyId from,
      LetterContent content,
      Instant now) {
    if (letters.reaches(open.counterpart(from), content.event()) && letters.holdsRequestOf(open)) {
      letters.say(change, open, from, content, now);
    }
  }
}
