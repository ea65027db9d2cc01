package dk.attestbro.port;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Turn;
import dk.attestbro.model.WorkCalendar;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Letters, rows and cases to fill records with. */
public final class RecordSamples {
  public static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");
  public static final PartyId AARHUS = new PartyId("employment-aarhus");
  public static final PartyId ODENSE = new PartyId("employment-odense");
  public static final PartyId MIDT = new PartyId("psychiatry-midt");
  public static final PartyId SYD = new PartyId("psychiatry-syd");

  /** Weekends are the only days off. */
  public static final WorkCalendar WEEKDAYS =
      day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;

  public static final DeadlineRule RULE =
      new DeadlineRule(
          "LAE285-SET",
          2,
          List.of(
              new DeadlineRule.Limit(
                  DeadlineRule.StartEvent.RECEIVED, 14, DeadlineRule.Unit.CALENDAR_DAYS),
              new DeadlineRule.Limit(
                  DeadlineRule.StartEvent.CONSULTATION,
                  1,
                  DeadlineRule.Unit.MONTHS,
                  Optional.of(DeadlineRule.StartEvent.SET_DATE))),
          true,
          false,
          LocalDate.of(2023, 1, 1),
          Optional.of(LocalDate.of(2030, 12, 31)));

  private RecordSamples() {}

  /** A new reference of a letter from Aarhus. */
  public static LetterRef ref() {
    return new LetterRef(AARHUS, LetterId.random());
  }

  /** A recorded letter from its sender to the region, without a case. */
  public static Letter letter(LetterRef ref) {
    return letter(ref, Optional.empty(), NOW, LetterStatus.RECORDED);
  }

  public static Letter letter(
      LetterRef ref, Optional<CaseId> caseId, Instant at, LetterStatus status) {
    BundleId bundleId = BundleId.random();
    Digest digest = digest(ref.toString());
    // Signed to the last digit: more than a database keeps of a time.
    Instant signed = at.plusNanos(7);
    return new Letter(
        ref,
        Optional.of(bundleId),
        EventCode.CERTIFICATE_REQUEST.code(),
        Optional.of(MIDT),
        caseId,
        at,
        digest,
        digest("content of " + ref),
        MediaType.FHIR_JSON,
        status,
        Optional.of(
            new Receipt(
                ref.id(),
                bundleId,
                ref.sender(),
                MIDT,
                caseId,
                digest,
                signed,
                List.of("https://attestbro.dk/fhir/StructureDefinition/request|1.0"),
                List.of("DUPLICATE_REQUEST: some-case"),
                "e30.e30.c2ln")),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  public static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static AcknowledgementState refusedBy(LetterRef acknowledgement) {
    return new AcknowledgementState(
        AcknowledgementCode.FATAL_ERROR,
        NOW.plusSeconds(60),
        List.of(
            new AcknowledgementIssue("MSG_NO_EXIST", "ukendt enhed"),
            new AcknowledgementIssue("MSG_LOCAL_FAIL", "")),
        acknowledgement);
  }

  /** A first row: due at that time, for 7 days. */
  public static OutboxRow row(LetterRef letter, PartyId receiver, Instant dueAt) {
    return OutboxRow.first(letter, receiver, BundleId.random(), dueAt, Duration.ofDays(7));
  }

  /** A case that its request has just opened. */
  public static CertificateCase open(CaseId id, LetterRef request, Instant openedAt) {
    return open(id, request, MIDT, openedAt, Optional.empty());
  }

  public static CertificateCase open(PartyId requester, PartyId responder, Instant openedAt) {
    LetterRef request = new LetterRef(requester, LetterId.random());
    return open(CaseId.random(), request, responder, openedAt, Optional.empty());
  }

  public static CertificateCase open(
      CaseId id, LetterRef request, PartyId responder, Instant openedAt, Optional<Digest> citizen) {
    return CertificateCase.opened(
        new CaseOpening(
            id,
            "PSYK125",
            2,
            request.sender(),
            responder,
            request,
            RULE,
            openedAt,
            Optional.of(LocalDate.of(2026, 12, 10)),
            Optional.of(LocalDate.of(2027, 10, 31)),
            Optional.of(LocalDate.of(2026, 9, 14)),
            citizen),
        WEEKDAYS);
  }

  /** The case proven received at that time. */
  public static CertificateCase received(CertificateCase open, Instant at) {
    return CaseRules.take(
        open,
        Turn.ofAcknowledgement(Turn.Kind.ACKNOWLEDGED, open.request(), open.responder(), at),
        WEEKDAYS);
  }

  /** The case after a letter of its responder, or for the requester's kinds of its requester. */
  public static CertificateCase take(CertificateCase open, Turn.Kind kind, Instant at) {
    PartyId by = kind.role() == Turn.Role.REQUESTER ? open.requester() : open.responder();
    return CaseRules.take(
        open,
        new Turn(
            kind,
            at,
            Optional.of(by),
            Optional.of(new LetterRef(by, LetterId.random())),
            kind == Turn.Kind.RETURNED ? "NOT_OUR_PATIENT" : "",
            Optional.empty(),
            Optional.empty(),
            kind == Turn.Kind.FORWARDED ? Optional.of(SYD) : Optional.empty()),
        WEEKDAYS);
  }
}
