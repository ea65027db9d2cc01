package dk.attestbro.fhir;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.jspecify.annotations.Nullable;

/**
 * R4 core as HAPI brings it, without what only people read. Reading it takes seconds and it is
 * never changed again, so a process has it once.
 */
final class CoreDefinitions extends DefaultProfileValidationSupport {
  private boolean slim;

  private CoreDefinitions() {
    super(Fhir.context());
  }

  /** The one of this process; read at the first question that it is asked. */
  static IValidationSupport shared() {
    return Holder.CORE;
  }

  @Override
  public @Nullable IBaseResource fetchStructureDefinition(String url) {
    makeSlim();
    return super.fetchStructureDefinition(url);
  }

  @Override
  public <T extends IBaseResource> @Nullable List<T> fetchAllStructureDefinitions() {
    makeSlim();
    return super.fetchAllStructureDefinitions();
  }

  private synchronized void makeSlim() {
    if (!slim) {
      for (IBaseResource each : super.fetchAllStructureDefinitions()) {
        StructureDefinition definition = (StructureDefinition) each;
        Conformance.slim(definition);
        definition.setDifferential(null);
      }
      slim = true;
    }
  }

  private static final class Holder {
    static final IValidationSupport CORE = new CoreDefinitions();
  }
}
