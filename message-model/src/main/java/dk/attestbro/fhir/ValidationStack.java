package dk.attestbro.fhir;

import ca.uhn.fhir.context.support.IValidationSupport;
import dk.attestbro.model.MediaType;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirDefaultPolicyAdvisor;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.IdStatus;
import org.hl7.fhir.r5.utils.xver.XVerExtensionManagerOld;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.instance.InstanceValidator;

/**
 * One set of profiles with a validator for it. An {@link InstanceValidator} is dear to make and not
 * thread-safe, so each is used by one thread at a time and kept for the next; the definitions
 * behind them are shared.
 */
final class ValidationStack {
  /**
   * An InstanceValidator remembers every coding it has seen, and with it the whole message; it has
   * no way to forget. So it is given up after this many messages, which costs about 1 ms each.
   */
  private static final int USES = 25;

  /**
   * Validating is nothing but computing: more at once than there are processors would finish none
   * of them sooner, and each would hold a validator and its memory meanwhile.
   */
  private static final Semaphore TURN =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  private final Conformance conformance;
  private final StackDefinitions definitions;
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean prepared;

  ValidationStack(Conformance conformance) {
    PackedDefinitions core = PackedDefinitions.core();
    this.conformance = conformance;
    var context = Fhir.context();
    var unknownCodeSystems = new UnknownCodeSystemWarningValidationSupport(context);
    unknownCodeSystems.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
    this.definitions =
        new StackDefinitions(
            new ValidationSupportChain(
                conformance.support(),
                core,
                new PinnedCanonicals(core),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                unknownCodeSystems),
            () ->
                Stream.concat(conformance.outlines().stream(), core.outlines().stream()).toList());
  }

  /** Our own profiles. A process has them once: what was read stays. */
  static ValidationStack own() {
    return Own.STACK;
  }

  /** The version of this profile; empty where the stack does not hold it. */
  Optional<String> version(String canonical) {
    return conformance.version(canonical);
  }

  /**
   * What HAPI says of a message under this profile, or under the base specification where {@code
   * canonical} is empty.
   */
  List<ValidationMessage> validate(byte[] text, MediaType type, String canonical) {
    prepare();
    TURN.acquireUninterruptibly();
    try {
      return inTurn(text, type, canonical);
    } finally {
      TURN.release();
    }
  }

  private List<ValidationMessage> inTurn(byte[] text, MediaType type, String canonical) {
    List<ValidationMessage> messages = new ArrayList<>();
    Worker worker = Optional.ofNullable(idle.poll()).orElseGet(() -> new Worker(validator(), USES));
    worker
        .validator()
        .validate(
            null,
            messages,
            new ByteArrayInputStream(text),
            type == MediaType.FHIR_XML ? FhirFormat.XML : FhirFormat.JSON,
            canonical.isEmpty() ? List.of() : List.of(profile(canonical)));
    // Only one that came through unharmed is used again.
    if (worker.usesLeft() > 1) {
      idle.push(new Worker(worker.validator(), worker.usesLeft() - 1));
    }
    return messages;
  }

  /**
   * Makes every snapshot, once and by one thread. HAPI makes them on demand, in the shared
   * definition itself: two first messages at once would leave it damaged until the next start.
   */
  void prepare() {
    if (prepared) {
      return;
    }
    synchronized (this) {
      if (!prepared) {
        conformance.withoutSnapshot().forEach(this::profile);
        prepared = true;
      }
    }
  }

  /** A profile with its snapshot. */
  StructureDefinition profile(String canonical) {
    StructureDefinition profile = definitions.fetchResource(StructureDefinition.class, canonical);
    if (profile == null) {
      throw new IllegalStateException("no snapshot could be made of " + canonical);
    }
    return profile;
  }

  private InstanceValidator validator() {
    InstanceValidator validator =
        new InstanceValidator(
            definitions,
            new FhirInstanceValidator.NullEvaluationContext(),
            new XVerExtensionManagerOld(definitions),
            new ValidatorSession(),
            new ValidatorSettings());
    validator.setAssumeValidRestReferences(true);
    validator.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    validator.setAnyExtensionsAllowed(true);
    validator.setResourceIdRule(IdStatus.OPTIONAL);
    validator.setErrorForUnknownProfiles(true);
    validator.setUnknownCodeSystemsCauseErrors(true);
    validator.setPolicyAdvisor(new FhirDefaultPolicyAdvisor());
    validator.setAllowExamples(true);
    validator.setAllowXsiLocation(true);
    return validator;
  }

  private static final class Own {
    static final ValidationStack STACK = new ValidationStack(Conformance.own());
  }

  private record Worker(InstanceValidator validator, int usesLeft) {}
}
