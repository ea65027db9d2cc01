package dk.attestbro.fhir;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseRules;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Contact;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Turn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Sample messages about one case: employment-odense asks psychiatry-midt for a PSYK125. Citizens
 * are the registry's test persons. A sample made with {@link #at} and random ids is new at each
 * call; {@link #GOLDEN} always gives the same bytes.
 */
public final class Messages {
  /** A small but real beginning of a PDF. */
  public static final byte[] PDF =
      "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
          .getBytes(StandardCharsets.US_ASCII);

  public static final Forms FORMS = new FhirForms();
  public static final MessageWriter WRITER = new FhirMessageWriter(FORMS);
  public static final MessageReader READER = new FhirMessageReader();

  /** The samples that the examples in docs/ are made of. */
  public static final Messages GOLDEN =
      new Messages(
          Instant.parse("2026-10-26T08:00:00Z"),
          CaseId.parse("7d1f4b1e-6a52-4c39-9f5a-3a9d5c0b8e21").orElseThrow(),
          SampleDirectory.ODENSE,
          SampleDirectory.MIDT,
          Optional.of("golden"));

  private final Instant at;
  private final CaseId caseId;
  private final Party requester;
  private final Party responder;
  private final Optional<String> fixedIds;

  private Messages(
      Instant at, CaseId caseId, Party requester, Party responder, Optional<String> fixedIds) {
    this.at = at;
    this.caseId = caseId;
    this.requester = requester;
    this.responder = responder;
    this.fixedIds = fixedIds;
  }

  /** Samples of a new case, written at this time, from employment-odense to psychiatry-midt. */
  public static Messages at(Instant at) {
    return new Messages(
        at, CaseId.random(), SampleDirectory.ODENSE, SampleDirectory.MIDT, Optional.empty());
  }

  /** The same case between other parties. */
  public Messages between(Party requester, Party responder) {
    return new Messages(at, caseId, requester, responder, fixedIds);
  }

  public CaseId caseId() {
    return caseId;
  }

  /** The day on which the request is written. */
  public LocalDate today() {
    return at.atZone(DeadlineRule.ZONE).toLocalDate();
  }

  /** The content of the request: PSYK125 with two free questions and consent that is valid. */
  public CertificateRequest requestContent() {
    LocalDate today = today();
    return new CertificateRequest(
        "PSYK125",
        Optional.of(citizen()),
        "Kommunen skal vurdere, hvilken indsats der kan hjælpe borgeren tilbage i arbejde.",
        List.of(
            "Kan borgeren deltage i en praktik på få timer om ugen?",
            "Hvilke hensyn skal arbejdspladsen tage?"),
        "Sagen har en attest fra egen læge fra foråret.",
        Optional.of(
            new Consent(
                Consent.Basis.RSL_11A,
                Optional.of(today.minusDays(20)),
                Optional.of(today.minusDays(21).plusYears(1)),
                "Diagnose, behandling og prognose fra psykiatrien til sagen om sygedagpenge",
                "")),
        Optional.of(new Contact("Sagsbehandler Signe Sand", "+45 87 65 43 21")),
        "SAG-2026-0042",
        Optional.of(today.plusDays(21)),
        Optional.of(today.minusDays(45)));
  }

  /** A test person of the CPR registry. */
  public static Citizen citizen() {
    return new Citizen(
        Citizen.IdKind.CPR, CitizenRules.CPR_SYSTEM, "2509479989", "Elmer", List.of("Bruno"));
  }

  /** The content of the reply: answers of every type, and a PDF. */
  public static CertificateReply replyContent() {
    return new CertificateReply(
        Map.ofEntries(
            Map.entry("facts.account", text("Patienten har været i forløb siden marts.")),
            Map.entry("facts.diagnosis", text("Moderat depressiv enkeltepisode")),
            Map.entry("facts.diagnosis-codes", text("DF321")),
            Map.entry(
                "facts.course",
                List.of(
                    new Answer.CodeAnswer(
                        "https://attestbro.dk/fhir/CodeSystem/course-status", "outpatient"))),
            Map.entry(
                "facts.last-seen", List.of(new Answer.DateAnswer(LocalDate.of(2026, 11, 12)))),
            Map.entry("facts.patient-view", text("Patienten ønsker at vende tilbage til arbejde.")),
            Map.entry(
                "assessment.work",
                text("Nedsat koncentration; gradvis tilbagevenden er lægeligt forsvarlig.")),
            Map.entry(
                "assessment.prognosis-months",
                List.of(new Answer.NumberAnswer(BigDecimal.valueOf(6)))),
            Map.entry("assessment.hours", List.of(new Answer.NumberAnswer(new BigDecimal("7.5")))),
            Map.entry("assessment.meeting-useful", List.of(new Answer.BooleanAnswer(true))),
            Map.entry("question.1", text("Ja, indtil otte timer om ugen.")),
            Map.entry("question.2", text("Ro, faste rammer og korte dage."))),
        false,
        "Overlæge Lone Lind",
        "06B4K",
        List.of(new Attachment("Statusattest", "application/pdf", PDF)));
  }

  public Payload request(MediaType type) {
    return write(requestDraft(), type);
  }

  public LetterDraft requestDraft() {
    return draft("request", Duration.ZERO, requester, responder, requestOnly(), Optional.empty());
  }

  /** A request with this content. */
  public Payload request(CertificateRequest content, MediaType type) {
    return write(
        draft(
            "request",
            Duration.ZERO,
            requester,
            responder,
            new LetterContent.Request(content),
            Optional.empty()),
        type);
  }

  /** A reply to this request. */
  public Payload reply(Payload request, MediaType type) {
    return reply(request, replyContent(), type);
  }

  public Payload reply(Payload request, CertificateReply content, MediaType type) {
    return write(
        draft(
            "reply",
            Duration.ofDays(8),
            responder,
            requester,
            new LetterContent.Reply(content),
            Optional.of(READER.read(request))),
        type);
  }

  public Payload returned(Payload request, MediaType type) {
    return write(
        draft(
            "returned",
            Duration.ofDays(1),
            responder,
            requester,
            new LetterContent.Returned("NOT_SEEN_RECENTLY", "Ikke set siden sidste år."),
            Optional.of(READER.read(request))),
        type);
  }

  public Payload cancellation(Payload request, MediaType type) {
    return write(
        draft(
            "cancellation",
            Duration.ofDays(2),
            requester,
            responder,
            new LetterContent.Cancelled("NO_LONGER_NEEDED", ""),
            Optional.of(READER.read(request))),
        type);
  }

  /** The requester has filed this reply. */
  public Payload filed(Payload reply, MediaType type) {
    return write(
        draft(
            "filed",
            Duration.ofDays(9),
            requester,
            responder,
            new LetterContent.Filed("SAG-2026-0042-7"),
            Optional.of(READER.read(reply))),
        type);
  }

  /** A letter with this content from the responder, which follows this one. */
  public Payload back(LetterContent content, Payload before, MediaType type) {
    return later(content, responder, requester, Optional.of(before), type);
  }

  /** The same from the requester. */
  public Payload forward(LetterContent content, Payload before, MediaType type) {
    return later(content, requester, responder, Optional.of(before), type);
  }

  /** The responder tells the requester that a citizen is discharged. */
  public Payload dischargeNotice(MediaType type) {
    return dischargeNotice(today().plusDays(14), type);
  }

  /** The same, on this day. */
  public Payload dischargeNotice(LocalDate date, MediaType type) {
    return later(
        new LetterContent.DischargeNotice(
            Optional.of(citizen()),
            Optional.of(date),
            "Sengeafsnit P3",
            Optional.of(new Contact("Sygeplejerske Mads Mose", "+45 78 45 00 00")),
            "Patienten ønsker en udskrivningsmentor."),
        responder,
        requester,
        Optional.empty(),
        type);
  }

  /** The requester answers this notice. */
  public Payload mentorOutcome(Payload notice, MediaType type) {
    return forward(new LetterContent.MentorOutcome("OFFERED_ACCEPTED", ""), notice, type);
  }

  private Payload later(
      LetterContent content,
      Party sender,
      Party receiver,
      Optional<Payload> before,
      MediaType type) {
    return write(
        draft(
            content.event().code(),
            Duration.ZERO,
            sender,
            receiver,
            content,
            before.map(READER::read)),
        type);
  }

  /** The receiver's Acknowledgement of a letter; with one issue unless the code is ok. */
  public Payload acknowledgement(Payload letter, AcknowledgementCode code, MediaType type) {
    return acknowledgement(
        letter,
        code,
        code == AcknowledgementCode.OK
            ? List.of()
            : List.of(new AcknowledgementIssue("MSG_LOCAL_FAIL", "Systemet er ikke klar.")),
        type);
  }

  public Payload acknowledgement(
      Payload letter, AcknowledgementCode code, List<AcknowledgementIssue> issues, MediaType type) {
    MessageReading read = READER.read(letter);
    return WRITER.acknowledgement(
        new AcknowledgementDraft(
            letterId("ack-" + code.code()),
            bundleId("ack-" + code.code()),
            at.plus(Duration.ofMinutes(1)),
            party(read.destinations().get(0).receiver().sor()),
            party(read.sender().sor()),
            Optional.empty(),
            read.letterId(),
            code,
            issues,
            Optional.of(read)),
        type);
  }

  /** A JSON message whose Task names this party as the one that is asked. */
  public static Payload withOwner(Payload json, Party owner) {
    Bundle message = Fhir.bundle(json);
    Organization organization = new Organization().setName(owner.name());
    organization.setText(Narratives.of(owner.name()));
    organization.addIdentifier().setSystem(Canonicals.SOR).setValue(owner.sor());
    organization.addIdentifier().setSystem(Canonicals.GLN).setValue(owner.gln());
    Reference added = add(message, organization, "another-owner");
    new MessageParts(message).task().orElseThrow().setOwner(added);
    return Fhir.payload(message, json.mediaType());
  }

  /** A JSON message that carries {@link #PDF} under this title, whatever it is about. */
  public static Payload withPdf(Payload json, String title) {
    Bundle message = Fhir.bundle(json);
    Binary binary = new Binary();
    binary.setContentType("application/pdf");
    binary.setData(PDF);
    Reference data = add(message, binary, "pdf");
    DocumentReference document = new DocumentReference();
    document.setText(Narratives.of(title));
    document.setStatus(Enumerations.DocumentReferenceStatus.CURRENT);
    document
        .addContent()
        .getAttachment()
        .setTitle(title)
        .setContentType("application/pdf")
        .setUrl(data.getReference());
    add(message, document, "description");
    return Fhir.payload(message, json.mediaType());
  }

  private static Reference add(Bundle message, Resource resource, String id) {
    String reference = resource.fhirType() + "/" + id;
    resource.setId(id);
    message.addEntry().setFullUrl(Canonicals.BASE + "/" + reference).setResource(resource);
    return new Reference(reference);
  }

  /** A JSON message in which one text, which must occur, is replaced everywhere. */
  public static Payload broken(Payload json, String original, String replacement) {
    String before = new String(json.bytes(), StandardCharsets.UTF_8);
    String after = before.replace(original, replacement);
    if (before.equals(after)) {
      throw new IllegalArgumentException("the sample does not contain: " + original);
    }
    return new Payload(after.getBytes(StandardCharsets.UTF_8), json.mediaType());
  }

  private LetterContent requestOnly() {
    return new LetterContent.Request(requestContent());
  }

  private Party party(String sor) {
    return sor.equals(requester.sor())
        ? requester
        : sor.equals(responder.sor())
            ? responder
            : SampleDirectory.directory().bySor(sor).orElseThrow();
  }

  private LetterDraft draft(
      String name,
      Duration later,
      Party sender,
      Party receiver,
      LetterContent content,
      Optional<MessageReading> previous) {
    return new LetterDraft(
        letterId(name),
        bundleId(name),
        at.plus(later),
        sender,
        receiver,
        isFromRequester(content.event(), sender, requester),
        caseId,
        content,
        previous,
        Optional.empty());
  }

  /** As the event has it; where it leaves that open, whether the sender is this requester. */
  static boolean isFromRequester(EventCode event, Party sender, Party requester) {
    Turn.Role role = CaseRules.roleOfSender(event);
    return role == Turn.Role.EITHER ? sender.equals(requester) : role == Turn.Role.REQUESTER;
  }

  private LetterId letterId(String name) {
    return fixedIds.map(f -> new LetterId(fixed("letter/" + name))).orElseGet(LetterId::random);
  }

  private BundleId bundleId(String name) {
    return fixedIds.map(f -> new BundleId(fixed("bundle/" + name))).orElseGet(BundleId::random);
  }

  static String fixed(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Payload write(LetterDraft draft, MediaType type) {
    return WRITER.letter(draft, type);
  }

  private static List<Answer> text(String value) {
    return List.of(new Answer.TextAnswer(value));
  }
}
