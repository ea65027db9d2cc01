package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Contact;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Turn;
import dk.attestbro.port.AgreementSource;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BiFunction;

/** Turns that a party takes on its own side, without a letter to the other. */
public final class OwnTurns {
  private static final int TRIES = 20;

  private final Records records;
  private final KnownCases cases;
  private final CaseWrites writes;
  private final CaseContacts contacts;
  private final AgreementSource agreements;
  private final Clock clock;

  public OwnTurns(
      Records records,
      KnownCases cases,
      CaseWrites writes,
      CaseContacts contacts,
      AgreementSource agreements,
      Clock clock) {
    this.records = records;
    this.cases = cases;
    this.writes = writes;
    this.contacts = contacts;
    this.agreements = agreements;
    this.clock = clock;
  }

  /**
   * Says who handles the case at this party.
   *
   * @param consultation the day of the consultation, where the responder has set one
   * @throws MessageRefused NOT_FOUND, CASE_PARTY_WRONG, DATES_IN_WRONG_ORDER where the consultation
   *     was before the request
   */
  public CertificateCase assign(
      CaseId id, PartyId by, Contact contact, Optional<LocalDate> consultation) {
    return take(
        id,
        TimelineCode.CASE_ASSIGNED,
        (known, at) -> {
          requireAfterRequest(known, consultation);
          return turn(Turn.Kind.ASSIGNED, by, at, Optional.empty(), consultation);
        },
        Optional.of(change -> contacts.put(change, id, by, contact)));
  }

  private static void requireAfterRequest(CertificateCase known, Optional<LocalDate> consultation) {
    LocalDate asked = DeadlineRule.day(known.openedAt());
    if (consultation.filter(asked::isAfter).isPresent()) {
      throw new MessageRefused(
          Refusal.of(RefusalReason.DATES_IN_WRONG_ORDER, "consultation", "min " + asked));
    }
  }

  /**
   * Makes the date of an interim reply the deadline.
   *
   * @throws MessageRefused NOT_FOUND, CASE_PARTY_WRONG, CASE_STATE_FORBIDS where there is no such
   *     interim reply or nothing is due any more
   */
  public CertificateCase acceptInterim(CaseId id, PartyId by, LetterId interim) {
    return take(
        id,
        TimelineCode.INTERIM_ACCEPTED,
        (known, at) ->
            turn(Turn.Kind.INTERIM_ACCEPTED, by, at, Optional.of(interim), dateOf(known, interim)),
        Optional.empty());
  }

  private static Optional<LocalDate> dateOf(CertificateCase known, LetterId interim) {
    return known.turns().stream()
        .filter(turn -> turn.kind() == Turn.Kind.INTERIM_REPLIED)
        .filter(turn -> turn.letter().filter(ref -> ref.id().equals(interim)).isPresent())
        .findFirst()
        .flatMap(Turn::date);
  }

  private static Turn turn(
      Turn.Kind kind, PartyId by, Instant at, Optional<LetterId> about, Optional<LocalDate> date) {
    return new Turn(kind, at, Optional.of(by), Optional.empty(), "", about, date, Optional.empty());
  }

  /** What else is written with the turn. */
  private interface Also {
    void write(Change.Builder change);
  }

  private CertificateCase take(
      CaseId id,
      TimelineCode code,
      BiFunction<CertificateCase, Instant, Turn> turn,
      Optional<Also> also) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Instant now = clock.instant();
      CertificateCase known =
          cases.find(id, now).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
      CertificateCase after =
          CaseRules.take(known, turn.apply(known, known.turnAt(now)), agreements.calendar());
      Change.Builder change = new Change.Builder();
      writes.moved(change, known, after, Optional.empty(), code, now);
      also.ifPresent(more -> more.write(change));
      if (records.commit(change.build()) == Commit.DONE) {
        return after;
      }
    }
    throw new IllegalStateException("no commit in " + TRIES + " tries");
  }
}
