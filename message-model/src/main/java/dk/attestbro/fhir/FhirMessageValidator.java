package dk.attestbro.fhir;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageValidator;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r5.elementmodel.JsonParser;
import org.hl7.fhir.r5.elementmodel.XmlParser;

/**
 * Validates with HAPI against the Bundle profile that the event demands, on one stack of profiles
 * per folder of FHIR packages and one of our own, then by the rules that no profile catches. An
 * event whose profile no stack holds is checked against R4 core and those rules: {@code generic}.
 */
public final class FhirMessageValidator implements MessageValidator {
  private static final Set<String> PARSERS =
      Set.of(JsonParser.class.getName(), XmlParser.class.getName());

  private static final String GENERIC = "generic";
  private static final ZoneId DANISH = ZoneId.of("Europe/Copenhagen");
  private static final String MEDCOM = "http://medcomfhir.dk/ig/";

  private final Forms forms;
  private final Map<String, String> profiles;
  private final ValidationStack own;
  private final Map<String, ValidationStack> stackByEvent = new HashMap<>();

  /** With our own profiles only; MedCom's messages are checked generically. */
  public FhirMessageValidator(Forms forms) {
    this(forms, defaultProfiles(), Optional.empty());
  }

  /**
   * @param profiles the canonical of the Bundle profile that each event code demands
   * @param packages a folder of folders of FHIR packages ({@code *.tgz}), one folder one stack; it
   *     need not exist
   * @throws IllegalStateException where a package cannot be read, an event code is unknown or
   *     several stacks hold its profile, naming every such mistake
   */
  public FhirMessageValidator(Forms forms, Map<String, String> profiles, Optional<Path> packages) {
    this.forms = forms;
    this.profiles = Map.copyOf(profiles);
    this.own = ValidationStack.own();
    Map<String, ValidationStack> stacks = new LinkedHashMap<>();
    stacks.put("built-in", own);
    List<String> mistakes = new ArrayList<>();
    packages.ifPresent(folder -> load(folder, stacks, mistakes));
    assign(stacks, mistakes);
    if (!mistakes.isEmpty()) {
      throw new IllegalStateException("FHIR packages: " + String.join("; ", mistakes));
    }
  }

  /** Our events to our profiles, MedCom's events to MedCom's. */
  public static Map<String, String> defaultProfiles() {
    Map<String, String> profiles = new LinkedHashMap<>();
    for (EventCode event : EventCode.values()) {
      profiles.put(
          event.code(),
          switch (event) {
            case CARE_COMMUNICATION ->
                MEDCOM + "carecommunication/StructureDefinition/medcom-careCommunication-message";
            case HOSPITAL_NOTIFICATION ->
                MEDCOM
                    + "hospitalnotification/StructureDefinition/medcom-hospitalNotification-message";
            case ACKNOWLEDGEMENT ->
                MEDCOM + "acknowledgement/StructureDefinition/medcom-messaging-acknowledgement";
            default -> Canonicals.profile(event);
          });
    }
    return profiles;
  }

  @Override
  public Validation validate(MessageReading reading, Instant now, OptionalInt freeQuestions) {
    FhirMessageReading message = (FhirMessageReading) reading;
    Set<Problem> problems = new LinkedHashSet<>(MessagingRules.check(message, now));
    if (message.event().isEmpty()) {
      return new Validation(List.copyOf(problems), List.of(GENERIC));
    }
    EventCode event = message.event().get();
    String canonical = profiles.getOrDefault(event.code(), "");
    if (!canonical.isEmpty() && !declares(message, canonical)) {
      problems.add(new Problem(RefusalReason.PROFILE_MISSING, "Bundle.meta.profile", canonical));
    }
    problems.addAll(content(message, event, now, freeQuestions));
    Optional<ValidationStack> stack = Optional.ofNullable(stackByEvent.get(event.code()));
    problems.addAll(
        findings(
            stack.orElse(own), message, stack.isPresent() ? canonical : "", stack.isPresent()));
    return new Validation(
        List.copyOf(problems),
        List.of(
            stack
                .flatMap(s -> s.version(canonical))
                .map(version -> canonical + "|" + version)
                .orElse(GENERIC)));
  }

  /**
   * Validates a message of our own, so that the next one does not wait: the first takes seconds. To
   * be called beside the rest of a start, and before the gateway says that it is ready.
   */
  public static void warmUp() {
    byte[] sample = Conformance.resource("certificate-request.json");
    ValidationStack.own()
        .validate(sample, MediaType.FHIR_JSON, Canonicals.profile(EventCode.CERTIFICATE_REQUEST));
  }

  /**
   * Prepares the stacks of packages, each of which takes seconds; a message of theirs that comes
   * before waits.
   */
  public void warmUpPackages() {
    stackByEvent.values().stream().distinct().forEach(ValidationStack::prepare);
  }

  private static void load(
      Path folder, Map<String, ValidationStack> stacks, List<String> mistakes) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var folders = Files.list(folder)) {
      for (Path stack : folders.filter(Files::isDirectory).sorted().toList()) {
        try {
          stacks.put(
              stack.getFileName().toString(), new ValidationStack(Conformance.ofPackages(stack)));
        } catch (IOException | RuntimeException unreadable) {
          mistakes.add("the packages in " + stack + " cannot be read");
        }
      }
    } catch (IOException unreadable) {
      mistakes.add("the folder " + folder + " cannot be listed");
    }
  }

  private void assign(Map<String, ValidationStack> stacks, List<String> mistakes) {
    profiles.forEach(
        (event, canonical) -> {
          if (EventCode.parse(event).isEmpty()) {
            mistakes.add("a profile is given for the unknown event " + event);
          }
          List<String> holders =
              stacks.entrySet().stream()
                  .filter(stack -> stack.getValue().version(canonical).isPresent())
                  .map(Map.Entry::getKey)
                  .toList();
          if (holders.size() > 1) {
            mistakes.add(canonical + " is in several stacks: " + String.join(", ", holders));
          } else if (holders.size() == 1) {
            stackByEvent.put(event, stacks.get(holders.get(0)));
          }
        });
  }

  private static boolean declares(FhirMessageReading message, String canonical) {
    return message.bundle().getMeta().getProfile().stream()
        .map(PrimitiveType::getValue)
        .anyMatch(
            declared ->
                declared != null
                    && (declared.equals(canonical) || declared.startsWith(canonical + "|")));
  }

  private List<Problem> content(
      FhirMessageReading message, EventCode event, Instant now, OptionalInt freeQuestions) {
    if (event.isMedCom()) {
      return List.of();
    }
    List<Problem> problems = new ArrayList<>();
    if (message.caseId().isEmpty()) {
      problems.add(new Problem(RefusalReason.CASE_MISSING, message.headerPath() + ".focus"));
    }
    PartyRules.check(message, problems);
    ReplyReferences.check(message, event, forms, problems);
    message
        .contentWithBeginnings(MessagingRules.BEGINNING)
        .ifPresent(
            content ->
                problems.addAll(
                    ContentChecks.check(
                        content,
                        message.bundle(),
                        event,
                        forms,
                        now.atZone(DANISH).toLocalDate(),
                        freeQuestions)));
    return problems;
  }

  /** HAPI's parsers fail in many ways at what they do not expect, such as a null among values. */
  private static boolean isOfReading(RuntimeException failed) {
    return failed instanceof FHIRException
        || Arrays.stream(failed.getStackTrace())
            .anyMatch(frame -> PARSERS.contains(frame.getClassName()));
  }

  private static List<Problem> findings(
      ValidationStack stack, FhirMessageReading message, String canonical, boolean known) {
    try {
      return ProfileFindings.problems(
          stack.validate(message.skeleton().text(), message.payload().mediaType(), canonical),
          known);
    } catch (RuntimeException failed) {
      if (!isOfReading(failed)) {
        throw failed;
      }
      // The exception's text may quote the message, so it goes no further.
      return List.of(new Problem(RefusalReason.PROFILE_VIOLATED, "Bundle", "unreadable"));
    }
  }
}
