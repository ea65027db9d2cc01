package dk.attestbro.model;

import static dk.attestbro.model.CaseTurnsSample.OPENED;
import static dk.attestbro.model.CaseTurnsSample.OTHER_UNIT;
import static dk.attestbro.model.CaseTurnsSample.REQUEST;
import static dk.attestbro.model.CaseTurnsSample.REQUESTER;
import static dk.attestbro.model.CaseTurnsSample.RESPONDER;

import dk.attestbro.model.CertificateCase.State;
import dk.attestbro.model.Turn.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A case in each state, in which so much has been said before that only the state decides: a reply
 * that was retracted, an interim reply, and a question of the requester's.
 */
final class CasesInEveryState {
  private static final String FIRST_REPLY = "reply-0";
  private static final String INTERIM = "interim-0";

  private CasesInEveryState() {}

  static CertificateCase in(State state) {
    CertificateCase known = said();
    return switch (state) {
      case SENT -> known;
      case RECEIVED -> taken(known, Kind.ACKNOWLEDGED);
      case ASSIGNED -> taken(known, Kind.ACKNOWLEDGED, Kind.ASSIGNED);
      case AWAITING_CLARIFICATION ->
          CaseTurnsSample.take(
              known, CaseTurnsSample.turn(Kind.QUESTION_ASKED, RESPONDER, "asked", at(known)));
      case FORWARDED -> taken(known, Kind.ACKNOWLEDGED, Kind.FORWARDED, Kind.QUESTION_ASKED);
      case REPLIED -> taken(known, Kind.ACKNOWLEDGED, Kind.REPLIED, Kind.QUESTION_ANSWERED);
      case FILED -> taken(known, Kind.ACKNOWLEDGED, Kind.REPLIED, Kind.FILED);
      case RETURNED -> taken(known, Kind.ACKNOWLEDGED, Kind.RETURNED);
      case CANCELLED -> taken(known, Kind.ACKNOWLEDGED, Kind.CANCELLED);
      case CONSENT_WITHDRAWN -> taken(known, Kind.ACKNOWLEDGED, Kind.CONSENT_WITHDRAWN);
      case CONSENT_LAPSED -> taken(known, Kind.ACKNOWLEDGED, Kind.CONSENT_LAPSED);
    };
  }

  private static CertificateCase said() {
    CertificateCase sent = CaseTurnsSample.sent();
    CertificateCase replied =
        CaseTurnsSample.take(
            sent, CaseTurnsSample.turn(Kind.REPLIED, RESPONDER, FIRST_REPLY, at(sent)));
    CertificateCase retracted = taken(replied, Kind.RETRACTED);
    CertificateCase interim =
        CaseTurnsSample.take(
            retracted,
            CaseTurnsSample.turn(
                Kind.INTERIM_REPLIED,
                RESPONDER,
                INTERIM,
                at(retracted),
                "",
                Optional.empty(),
                Optional.of(LocalDate.of(2026, 12, 1)),
                Optional.empty()));
    return taken(interim, Kind.QUESTION_ASKED);
  }

  private static CertificateCase taken(CertificateCase before, Kind... kinds) {
    CertificateCase after = before;
    for (Kind kind : kinds) {
      after = CaseTurnsSample.take(after, fitting(kind, after));
    }
    return after;
  }

  /** A turn of that kind, by the party whose it is, that fits everything but perhaps the state. */
  static Turn fitting(Kind kind, CertificateCase known) {
    return fitting(kind, known, kind.ordinal() + "-" + known.turns().size(), at(known));
  }

  /** The same, told in this letter and at this time. */
  static Turn fitting(Kind kind, CertificateCase known, String letter, Instant at) {
    PartyId responder = known.responder();
    return switch (kind) {
      case ACKNOWLEDGED, REFUSED -> Turn.ofAcknowledgement(kind, REQUEST, responder, at);
      case CONSENT_LAPSED -> Turn.ofGateway(kind, at, "");
      case ESCALATED ->
          Turn.ofGateway(kind, at, FollowUpStep.ESCALATION.codeFor(DeadlineRule.day(at)));
      case SUCCEEDED -> Turn.succeeded(responder, new PartyId("psychiatry-nord"), at);
      case CORRECTED, RETRACTED ->
          CaseTurnsSample.turn(
              kind,
              responder,
              letter,
              at,
              "",
              known.standing().reply().map(LetterId::value).or(() -> Optional.of(FIRST_REPLY)),
              Optional.empty(),
              Optional.empty());
      case FORWARDED ->
          CaseTurnsSample.turn(
              kind,
              responder,
              letter,
              at,
              "",
              Optional.empty(),
              Optional.empty(),
              Optional.of(responder.equals(OTHER_UNIT) ? RESPONDER : OTHER_UNIT));
      case INTERIM_ACCEPTED ->
          new Turn(
              kind,
              at,
              Optional.of(REQUESTER),
              Optional.empty(),
              "",
              Optional.of(new LetterId(INTERIM)),
              Optional.of(LocalDate.of(2026, 12, 1)),
              Optional.empty());
      case REPLIED, INTERIM_REPLIED, RETURNED, QUESTION_ANSWERED, ASSIGNED ->
          CaseTurnsSample.turn(kind, responder, letter, at);
      case REMINDED, CANCELLED, QUESTION_ASKED, CONSENT_WITHDRAWN, FILED ->
          CaseTurnsSample.turn(kind, REQUESTER, letter, at);
    };
  }

  /** An hour after all that is known. */
  static Instant at(CertificateCase known) {
    return known.updatedAt().isBefore(OPENED)
        ? OPENED
        : known.updatedAt().plus(Duration.ofHours(1));
  }
}
