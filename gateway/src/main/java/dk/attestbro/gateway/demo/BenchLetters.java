package dk.attestbro.gateway.demo;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Letters and Acknowledgements by the thousand: written once by the message library, then copied
 * with new ids, so that the load costs little beside what it measures.
 */
final class BenchLetters {
  /** Every letter id begins so; what follows is a UUID. */
  private static final String PREFIX = "bench-letter-";

  private static final int ID_LENGTH = PREFIX.length() + 36;
  private static final LetterId LETTER = new LetterId(PREFIX + UUID.randomUUID());
  private static final BundleId BUNDLE = BundleId.random();
  private static final CaseId CASE = CaseId.random();
  private static final LetterId ACKNOWLEDGEMENT = LetterId.random();
  private static final BundleId ACKNOWLEDGEMENT_BUNDLE = BundleId.random();
  private static final String PARAGRAPH =
      "Oplysning fra sagen, som den foreligger; opdigtet og gentaget for at give brevet fylde. ";

  private final String letter;
  private final String acknowledgement;

  /** A request of about so many kilobytes, and the Acknowledgement of it. */
  BenchLetters(Messages messages, Clock clock, int kilobytes) {
    Payload bare = write(messages, clock, 1);
    // A text stands in its element and in narratives: what one more costs is measured.
    int each = write(messages, clock, 2).size() - bare.size();
    int missing = Math.max(0, kilobytes * 1024 - bare.size());
    Payload full = write(messages, clock, 1 + missing / each);
    this.letter = new String(full.bytes(), StandardCharsets.UTF_8);
    this.acknowledgement = acknowledgement(messages, clock, messages.reader().read(full));
  }

  /** A new letter id. */
  static String newId() {
    return PREFIX + UUID.randomUUID();
  }

  /**
   * The id of the bench letter that a message is about.
   *
   * @throws StepFailed where it names none
   */
  static String idIn(Payload message) {
    String text = new String(message.bytes(), StandardCharsets.ISO_8859_1);
    int at = text.indexOf(PREFIX);
    if (at < 0 || at + ID_LENGTH > text.length()) {
      throw new StepFailed("a message that is not of this bench");
    }
    return text.substring(at, at + ID_LENGTH);
  }

  /** A letter with this id, in a new envelope and of a new case. */
  Payload letter(String id) {
    return payload(
        letter
            .replace(LETTER.value(), id)
            .replace(BUNDLE.value(), UUID.randomUUID().toString())
            .replace(CASE.value().toString(), UUID.randomUUID().toString()));
  }

  /** A new Acknowledgement of it. */
  Payload acknowledgementOf(String id) {
    return payload(
        acknowledgement
            .replace(LETTER.value(), id)
            .replace(ACKNOWLEDGEMENT.value(), UUID.randomUUID().toString())
            .replace(ACKNOWLEDGEMENT_BUNDLE.value(), UUID.randomUUID().toString()));
  }

  private static Payload payload(String json) {
    return new Payload(json.getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);
  }

  private static Payload write(Messages messages, Clock clock, int paragraphs) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), DeadlineRule.ZONE);
    CertificateRequest small = new DemoContents(today).request().request();
    CertificateRequest request =
        new CertificateRequest(
            small.form(),
            small.citizen(),
            small.purpose(),
            small.questions(),
            PARAGRAPH.repeat(paragraphs),
            small.consent(),
            small.contact(),
            small.reference(),
            small.wishedBy(),
            small.caseStartedOn());
    return messages
        .writer()
        .letter(
            new LetterDraft(
                LETTER,
                BUNDLE,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                Organisations.ODENSE.party(),
                Organisations.SYD.party(),
                true,
                CASE,
                new LetterContent.Request(request),
                Optional.empty(),
                Optional.empty()),
            MediaType.FHIR_JSON);
  }

  private static String acknowledgement(Messages messages, Clock clock, MessageReading of) {
    Payload written =
        messages
            .writer()
            .acknowledgement(
                new AcknowledgementDraft(
                    ACKNOWLEDGEMENT,
                    ACKNOWLEDGEMENT_BUNDLE,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS),
                    Organisations.SYD.party(),
                    Organisations.ODENSE.party(),
                    Optional.empty(),
                    LETTER,
                    AcknowledgementCode.OK,
                    List.of(),
                    Optional.of(of)),
                MediaType.FHIR_JSON);
    return new String(written.bytes(), StandardCharsets.UTF_8);
  }
}
