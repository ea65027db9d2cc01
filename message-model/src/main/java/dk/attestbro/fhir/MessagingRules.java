package dk.attestbro.fhir;

import static dk.attestbro.fhir.FhirMessageReading.text;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.Destination;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Provenance;

/**
 * What no profile catches in a message on MedCom's messaging rules, ours or MedCom's own:
 * destinations, identifiers, Provenance, time, definition, attachments. One check per message; not
 * shared by threads.
 */
final class MessagingRules {
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** Longer than any beginning that a document type is told by. */
  static final int BEGINNING = 16;

  private static final Pattern SOR = Pattern.compile("\\d{11,}");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");
  private static final Pattern GLN = Pattern.compile("\\d{13}");

  private final FhirMessageReading message;
  private final List<Problem> problems = new ArrayList<>();

  private MessagingRules(FhirMessageReading message) {
    this.message = message;
  }

  static List<Problem> check(FhirMessageReading message, Instant now) {
    MessagingRules rules = new MessagingRules(message);
    rules.unreadable();
    rules.event();
    rules.destinations();
    rules.identifiers(message.sender());
    message.destinations().forEach(destination -> rules.identifiers(destination.receiver()));
    rules.provenance();
    rules.timestamp(now);
    rules.definition();
    rules.documents();
    if (message.event().filter(EventCode.ACKNOWLEDGEMENT::equals).isPresent()) {
      AcknowledgementRules.check(message, rules.problems);
    }
    NarrativeRules.check(message, rules.problems);
    ElementRules.check(message, rules.problems);
    return rules.problems;
  }

  private void unreadable() {
    message
        .unreadable()
        .forEach(entry -> add(RefusalReason.RESOURCE_UNREADABLE, FhirMessageReading.path(entry)));
  }

  private void event() {
    String path = message.headerPath() + ".event";
    if (message.eventCode().equals("empty-message")) {
      add(RefusalReason.EMPTY_MESSAGE, path);
    } else if (message.event().isEmpty()) {
      add(RefusalReason.EVENT_UNKNOWN, path);
    }
  }

  private void destinations() {
    List<Destination> all = message.destinations();
    String path = message.headerPath() + ".destination";
    all.stream()
        .filter(destination -> !destination.isPrimary() && !destination.isCopy())
        .forEach(destination -> add(RefusalReason.DESTINATION_UNKNOWN_USE, destination.path()));
    List<Destination> primary = all.stream().filter(Destination::isPrimary).toList();
    List<Destination> copies = all.stream().filter(Destination::isCopy).toList();
    if (primary.isEmpty()) {
      add(RefusalReason.DESTINATION_MISSING, path);
    } else if (primary.size() > 1) {
      add(RefusalReason.DESTINATION_AMBIGUOUS, primary.get(1).path());
    }
    if (message.event().filter(EventCode::isMedCom).isEmpty()) {
      copies.forEach(copy -> add(RefusalReason.COPY_NOT_ALLOWED, copy.path()));
    }
    if (message.isCarbonCopy() && copies.size() != 1) {
      add(RefusalReason.COPY_AMBIGUOUS, path);
    }
    for (Destination copy : copies) {
      if (primary.stream()
          .anyMatch(
              p ->
                  !p.receiver().sor().isEmpty()
                      && p.receiver().sor().equals(copy.receiver().sor()))) {
        add(RefusalReason.DESTINATION_AMBIGUOUS, copy.path());
      }
    }
  }

  private void identifiers(OrganisationIds organisation) {
    identifier(organisation, organisation.sor(), isSor(organisation.sor()), "SOR");
    identifier(organisation, organisation.gln(), isGln(organisation.gln()), "GLN");
  }

  private void identifier(OrganisationIds organisation, String value, boolean valid, String kind) {
    if (value.isEmpty()) {
      problems.add(new Problem(RefusalReason.IDENTIFIER_MISSING, organisation.path(), kind));
    } else if (!valid) {
      problems.add(new Problem(RefusalReason.IDENTIFIER_INVALID, organisation.path(), kind));
    }
  }

  /** dk-core: digits only, at least 11. */
  static boolean isSor(String value) {
    return SOR.matcher(value).matches();
  }

  /**
   * GS1 General Specifications 7.9: 13 digits, the last makes the weighted sum a multiple of 10.
   */
  static boolean isGln(String value) {
    if (!GLN.matcher(value).matches()) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (value.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
  }

  private void provenance() {
    if (message.ownProvenances().findAny().isEmpty()) {
      add(RefusalReason.PROVENANCE_MISSING, "Bundle.entry");
    }
    // What is acknowledged ok was valid, so it had a Provenance to copy (MedCom governance).
    boolean acknowledgesOk =
        message
            .acknowledgement()
            .filter(acknowledgement -> acknowledgement.code() == AcknowledgementCode.OK)
            .isPresent();
    if (acknowledgesOk && message.all(Provenance.class).count() == 1) {
      problems.add(
          new Problem(RefusalReason.PROVENANCE_MISSING, "Bundle.entry", "acknowledged letter"));
    }
  }

  private void timestamp(Instant now) {
    Optional<Instant> timestamp = message.timestamp();
    if (timestamp.isEmpty()) {
      add(RefusalReason.TIMESTAMP_INVALID, "Bundle.timestamp");
    } else if (timestamp.get().isAfter(now.plus(AHEAD))) {
      add(RefusalReason.TIMESTAMP_IN_FUTURE, "Bundle.timestamp");
    }
  }

  private void definition() {
    Optional<EventCode> event = message.event();
    if (event.isEmpty()) {
      return;
    }
    Definition expected = Definition.of(event.get());
    String found = text(message.header().getDefinition());
    if (found.isEmpty() ? expected.required() : !expected.accepts(found)) {
      problems.add(
          new Problem(
              RefusalReason.DEFINITION_UNSUPPORTED,
              message.headerPath() + ".definition",
              expected.text()));
    }
  }

  private void documents() {
    Documents documents = message.documents();
    for (Documents.Found document : documents.all()) {
      if (!documents.isAsDescribed(document)) {
        add(RefusalReason.ATTACHMENT_INVALID, document.path());
        continue;
      }
      byte[] beginning = message.skeleton().beginning(document.span(), BEGINNING);
      AttachmentTypes.check(document.contentType(), beginning)
          .filter(reason -> !isOtherImage(reason, document.contentType(), beginning))
          .ifPresent(reason -> add(reason, document.path()));
    }
  }

  /**
   * In MedCom's own messages one image type under another's name passes: MedCom's published example
   * has a JPEG called PNG, and a viewer goes by the bytes.
   */
  private boolean isOtherImage(RefusalReason reason, String contentType, byte[] beginning) {
    return reason == RefusalReason.ATTACHMENT_TYPE_MISMATCH
        && message.event().filter(EventCode::isMedCom).isPresent()
        && AttachmentTypes.parse(contentType).filter(MessagingRules::isImage).isPresent()
        && Arrays.stream(AttachmentTypes.values())
            .anyMatch(type -> isImage(type) && type.matches(beginning));
  }

  private static boolean isImage(AttachmentTypes type) {
    return type != AttachmentTypes.PDF;
  }

  private void add(RefusalReason reason, String path) {
    problems.add(new Problem(reason, path));
  }

  /**
   * What {@code MessageHeader.definition} may be. On the wire a version is major.minor; a patch
   * number is met in published examples and let through.
   */
  private record Definition(List<String> urls, String major, boolean required) {
    private static final String MEDCOM =
        "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedCom";

    /** As MedCom's own test files for the Acknowledgement write it. */
    private static final String EARLIER_ACKNOWLEDGEMENT =
        "http://medcomfhir.dk/ig/acknowledgement/medcom-acknowledgement-message-definition";

    static Definition of(EventCode event) {
      return switch (event) {
        case CARE_COMMUNICATION ->
            new Definition(List.of(MEDCOM + "CareCommunicationMessageDefinition"), "5", true);
        case HOSPITAL_NOTIFICATION ->
            new Definition(List.of(MEDCOM + "HospitalNotificationMessageDefinition"), "3", false);
        case ACKNOWLEDGEMENT ->
            new Definition(
                List.of(MEDCOM + "AcknowledgementMessageDefinition", EARLIER_ACKNOWLEDGEMENT),
                "2",
                false);
        default ->
            new Definition(
                List.of(Canonicals.BASE + "/MessageDefinition/" + event.code()), "1", true);
      };
    }

    boolean accepts(String definition) {
      int bar = definition.lastIndexOf('|');
      String version = definition.substring(bar + 1);
      return bar > 0
          && urls.contains(definition.substring(0, bar))
          && version.startsWith(major + ".")
          && VERSION.matcher(version).matches();
    }

    String text() {
      return urls.get(0) + "|" + major + ".x";
    }
  }
}
