package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.Contact;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The letters that follow a request, and those about a discharge: written, read and validated. */
class DialogueTest {
  private static final Messages MESSAGES = Messages.GOLDEN;
  private static final LocalDate TODAY = MESSAGES.today();
  private static final Payload REQUEST = MESSAGES.request(MediaType.FHIR_JSON);
  private static final Payload REPLY = MESSAGES.reply(REQUEST, MediaType.FHIR_JSON);
  private static final Payload NOTICE = MESSAGES.dischargeNotice(MediaType.FHIR_JSON);
  private static final String REPLY_ID = Messages.READER.read(REPLY).letterId().value();

  static Stream<LetterContent> back() {
    return Stream.of(
        new LetterContent.InterimReply(Optional.of(TODAY.plusDays(3)), "Lægen er på ferie."),
        new LetterContent.InterimReply(Optional.of(TODAY), ""),
        new LetterContent.Question("Hvilken arbejdsplads?", "question.1"),
        new LetterContent.Clarification("Den nuværende."),
        new LetterContent.Retraction(REPLY_ID, "WRONG_ATTACHMENT", ""));
  }

  static Stream<LetterContent> forward() {
    return Stream.of(
        new LetterContent.Reminder("notice", "Fristen er om tre dage."),
        new LetterContent.Reminder("reminder", ""),
        new LetterContent.Question("Hvornår?", ""),
        new LetterContent.Clarification("Den nuværende."),
        new LetterContent.ConsentWithdrawn(Optional.of(TODAY), "Trukket tilbage."));
  }

  static Stream<Arguments> everyLetter() {
    return Stream.of(MediaType.FHIR_JSON, MediaType.FHIR_XML)
        .flatMap(
            type ->
                Stream.of(
                        back().map(c -> Arguments.of(c, MESSAGES.back(c, REQUEST, type))),
                        forward().map(c -> Arguments.of(c, MESSAGES.forward(c, REQUEST, type))),
                        Stream.of(notice())
                            .map(c -> Arguments.of(c, MESSAGES.dischargeNotice(type))),
                        Stream.of(new LetterContent.MentorOutcome("OFFERED_ACCEPTED", ""))
                            .map(c -> Arguments.of(c, MESSAGES.mentorOutcome(NOTICE, type))))
                    .flatMap(s -> s));
  }

  @ParameterizedTest
  @MethodSource("everyLetter")
  void whatIsWrittenReadsAsItWasAndIsValid(LetterContent content, Payload written) {
    MessageReading read = Messages.READER.read(written);

    assertThat(read.event()).contains(content.event());
    assertThat(read.content().orElseThrow().equals(content)).isTrue();
    assertThat(problems(written)).isEmpty();
  }

  @Test
  void aCorrectionReadsAsTheReplyThatItIs() {
    LetterContent.Correction content =
        new LetterContent.Correction(Messages.replyContent(), REPLY_ID, "Forkert bilag");

    Payload written = MESSAGES.back(content, REPLY, MediaType.FHIR_XML);

    LetterContent.Correction read =
        (LetterContent.Correction) Messages.READER.read(written).content().orElseThrow();
    assertThat(read.corrects()).isEqualTo(REPLY_ID);
    assertThat(read.reason()).isEqualTo("Forkert bilag");
    assertThat(read.reply().answers().equals(content.reply().answers())).isTrue();
    assertThat(read.reply().attachments().get(0).data()).isEqualTo(Messages.PDF);
    assertThat(new MessageParts(Fhir.bundle(written)).task().orElseThrow().getStatus())
        .isEqualTo(Task.TaskStatus.COMPLETED);
  }

  @Test
  void aForwardedCaseIsOwnedByItsNewUnitFromThenOn() {
    LetterContent.Forwarded content = forwarded();

    Payload written = MESSAGES.back(content, REQUEST, MediaType.FHIR_JSON);
    Payload next =
        Messages.WRITER.letter(
            new LetterDraft(
                LetterId.random(),
                BundleId.random(),
                MESSAGES.requestDraft().at(),
                SampleDirectory.ODENSE,
                SampleDirectory.SYD,
                true,
                MESSAGES.caseId(),
                new LetterContent.Reminder("reminder", ""),
                Optional.of(Messages.READER.read(written)),
                Optional.empty()),
            MediaType.FHIR_JSON);

    MessageReading read = Messages.READER.read(written);
    LetterContent.Forwarded says = (LetterContent.Forwarded) read.content().orElseThrow();
    assertThat(says.to().sor()).isEqualTo(SampleDirectory.SYD.sor());
    assertThat(says.to().gln()).isEqualTo(SampleDirectory.SYD.gln());
    assertThat(says.toName()).isEqualTo(SampleDirectory.SYD.name());
    assertThat(says.text()).isEqualTo(content.text());
    assertThat(read.destinations().get(0).receiver().sor()).isEqualTo(SampleDirectory.ODENSE.sor());
    assertThat(problems(written)).isEmpty();
    MessageParts parts = new MessageParts(Fhir.bundle(next));
    Organization owner =
        parts.resolve(parts.task().orElseThrow().getOwner(), Organization.class).orElseThrow();
    assertThat(MessageParts.sor(owner)).isEqualTo(SampleDirectory.SYD.sor());
    assertThat(problems(next)).isEmpty();
  }

  @Test
  void whoGivesATextDecidesWhereItStands() {
    LetterContent.Question question = new LetterContent.Question("Hvornår?", "");

    Task asked = task(MESSAGES.back(question, REQUEST, MediaType.FHIR_JSON));
    Task asking = task(MESSAGES.forward(question, REQUEST, MediaType.FHIR_JSON));

    assertThat(asked.getInput()).isEmpty();
    assertThat(asked.getOutput()).hasSize(1);
    assertThat(asking.getInput()).hasSize(1);
    assertThat(asking.getOutput()).isEmpty();
  }

  @Test
  void aWithdrawalThatFollowsALetterWithoutConsentStillHasABasis() {
    Payload forwarded = MESSAGES.back(forwarded(), REQUEST, MediaType.FHIR_JSON);

    assertThat(
            problems(
                MESSAGES.forward(
                    new LetterContent.ConsentWithdrawn(Optional.of(TODAY), ""),
                    forwarded,
                    MediaType.FHIR_JSON)))
        .isEmpty();
  }

  @Test
  void theChainIsCopiedOnceForEachLetterWhicheverWayAGlnIsWritten() {
    Bundle before = Fhir.bundle(REPLY);
    MessageParts parts = new MessageParts(before);
    parts
        .all(Organization.class)
        .forEach(o -> o.getIdentifier().get(1).setSystem(Canonicals.GLN_HTTP));
    Provenance twice = parts.provenances().get(0).copy();
    twice.setId("twice");
    before.addEntry().setFullUrl(Canonicals.BASE + "/Provenance/twice").setResource(twice);

    Payload next =
        MESSAGES.forward(
            new LetterContent.Filed(""),
            Fhir.payload(before, MediaType.FHIR_JSON),
            MediaType.FHIR_JSON);

    assertThat(new MessageParts(Fhir.bundle(next)).provenances()).hasSize(3);
    assertThat(problems(next)).isEmpty();
  }

  @Test
  void aLetterThatTheGatewayWroteNamesItAsAnAgentBesideTheSender() {
    LetterContent.Reminder content = new LetterContent.Reminder("notice", "");
    LetterId letterId = LetterId.random();

    Payload written =
        Messages.WRITER.letter(
            new LetterDraft(
                letterId,
                BundleId.random(),
                MESSAGES.requestDraft().at(),
                SampleDirectory.ODENSE,
                SampleDirectory.MIDT,
                true,
                MESSAGES.caseId(),
                content,
                Optional.of(Messages.READER.read(REPLY)),
                Optional.of(SampleDirectory.GATEWAY)),
            MediaType.FHIR_JSON);

    MessageParts parts = new MessageParts(Fhir.bundle(written));
    Provenance own =
        parts.provenances().stream()
            .filter(p -> parts.letterOf(p).equals(letterId.value()))
            .findFirst()
            .orElseThrow();
    assertThat(own.getAgent())
        .extracting(
            a -> MessageParts.sor(parts.resolve(a.getWho(), Organization.class).orElseThrow()))
        .containsExactly(SampleDirectory.ODENSE.sor(), SampleDirectory.GATEWAY.sor());
    assertThat(problems(written)).isEmpty();
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(
            new LetterContent.InterimReply(Optional.of(TODAY.minusDays(1)), ""),
            RefusalReason.DATES_IN_WRONG_ORDER,
            "Task.output[0].value"),
        Arguments.of(
            new LetterContent.Reminder("later", ""),
            RefusalReason.CODE_UNKNOWN,
            "Task.input[0].value"),
        Arguments.of(
            new LetterContent.Question("Hvad?", "question.3"),
            RefusalReason.FIELD_INVALID,
            "Task.output[1].value"),
        Arguments.of(new LetterContent.Clarification(""), RefusalReason.FIELD_MISSING, "Task"),
        Arguments.of(
            new LetterContent.Correction(Messages.replyContent(), "brev 1", "Forkert bilag"),
            RefusalReason.FIELD_INVALID,
            "Task.output[0].value"),
        Arguments.of(
            new LetterContent.Retraction(REPLY_ID, "WRONG_DAY", ""),
            RefusalReason.REASON_UNKNOWN,
            "Task.statusReason"),
        Arguments.of(
            new LetterContent.Retraction("brev 1", "WRONG_CPR", ""),
            RefusalReason.FIELD_INVALID,
            "Task.output[0].value"),
        Arguments.of(
            new LetterContent.ConsentWithdrawn(Optional.of(TODAY.plusDays(1)), ""),
            RefusalReason.DATES_IN_WRONG_ORDER,
            "Consent.dateTime"),
        Arguments.of(
            new LetterContent.MentorOutcome("PERHAPS", ""),
            RefusalReason.CODE_UNKNOWN,
            "Task.businessStatus"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void tellsWhereInTheBundleARuleIsBroken(
      LetterContent content, RefusalReason reason, String where) {
    Payload written =
        content.event().direction() == EventCode.Direction.FORWARD
            ? MESSAGES.forward(content, REQUEST, MediaType.FHIR_JSON)
            : MESSAGES.back(content, REQUEST, MediaType.FHIR_JSON);

    assertThat(problems(written))
        .filteredOn(p -> p.reason() == reason)
        .extracting(p -> named(p.path(), written))
        .contains(where);
  }

  @Test
  void tellsWhereADischargeNoticeIsBroken() {
    Payload written =
        Messages.broken(
            Messages.broken(NOTICE, "+45 78 45 00 00", "ukendt"),
            "\"2509479989\"",
            "\"3209479989\"");

    assertThat(problems(written))
        .extracting(p -> p.reason() + " " + named(p.path(), written))
        .contains("PHONE_MISSING PractitionerRole.telecom", "CPR_INVALID Patient.identifier");
  }

  @Test
  void aNoticeWithoutAWardIsFromTheOrganisationThatHasThePatient() {
    Payload written =
        Messages.broken(
            NOTICE, "\"location\":[{\"location\":{\"display\":\"Sengeafsnit P3\"}}],", "");

    LetterContent.DischargeNotice read =
        (LetterContent.DischargeNotice) Messages.READER.read(written).content().orElseThrow();
    assertThat(read.unit()).isEqualTo(SampleDirectory.MIDT.name());
  }

  private static LetterContent.DischargeNotice notice() {
    return new LetterContent.DischargeNotice(
        Optional.of(Messages.citizen()),
        Optional.of(TODAY.plusDays(14)),
        "Sengeafsnit P3",
        Optional.of(new Contact("Sygeplejerske Mads Mose", "+45 78 45 00 00")),
        "Patienten ønsker en udskrivningsmentor.");
  }

  private static LetterContent.Forwarded forwarded() {
    return new LetterContent.Forwarded(
        new OrganisationIds(SampleDirectory.SYD.sor(), SampleDirectory.SYD.gln(), ""),
        SampleDirectory.SYD.name(),
        "Patienten er flyttet.");
  }

  private static Task task(Payload payload) {
    return new MessageParts(Fhir.bundle(payload)).task().orElseThrow();
  }

  private static List<Problem> problems(Payload payload) {
    MessageReading reading = Messages.READER.read(payload);
    return Validators.OWN
        .validate(reading, reading.timestamp().orElseThrow(), OptionalInt.of(2))
        .problems();
  }

  /** The path with the type of its resource for the number of its entry. */
  private static String named(String path, Payload payload) {
    Matcher entry = Pattern.compile("Bundle\\.entry\\[(\\d+)\\]\\.resource(.*)").matcher(path);
    return entry.matches()
        ? Fhir.bundle(payload)
                .getEntry()
                .get(Integer.parseInt(entry.group(1)))
                .getResource()
                .fhirType()
            + entry.group(2)
        : path;
  }
}
