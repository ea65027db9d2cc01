package dk.attestbro.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;

/**
 * Answers pinned canonicals of the base specification ({@code http://hl7.org/fhir/...|4.0.1}, and
 * {@code |5.2.0} of the extensions pack) with the built-in definition, which bears no version:
 * MedCom's snapshots pin the core types.
 */
final class PinnedCanonicals implements IValidationSupport {
  private final IValidationSupport core;

  PinnedCanonicals(IValidationSupport core) {
    this.core = core;
  }

  @Override
  public FhirContext getFhirContext() {
    return core.getFhirContext();
  }

  @Override
  public @Nullable IBaseResource fetchStructureDefinition(String url) {
    String bare = bare(url);
    return bare.isEmpty() ? null : core.fetchStructureDefinition(bare);
  }

  @Override
  public @Nullable IBaseResource fetchValueSet(String url) {
    String bare = bare(url);
    return bare.isEmpty() ? null : core.fetchValueSet(bare);
  }

  @Override
  public @Nullable IBaseResource fetchCodeSystem(String url) {
    String bare = bare(url);
    return bare.isEmpty() ? null : core.fetchCodeSystem(bare);
  }

  @Override
  public <T extends IBaseResource> @Nullable T fetchResource(Class<T> type, String url) {
    String bare = bare(url);
    return bare.isEmpty() ? null : core.fetchResource(type, bare);
  }

  private static String bare(String url) {
    for (String version : new String[] {"|4.0.1", "|5.2.0"}) {
      if (url.endsWith(version)) {
        return url.substring(0, url.length() - version.length());
      }
    }
    return "";
  }
}
