package dk.attestbro.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import dk.attestbro.model.MediaType;

/** The one R4 context, and parsers from it that keep every id and narrative as they are. */
final class R4 {
  private static final FhirContext CONTEXT = context();

  private R4() {}

  static FhirContext fhirContext() {
    return CONTEXT;
  }

  /** A new parser; parsers are not thread-safe. */
  static IParser parser(MediaType type) {
    IParser parser = type == MediaType.FHIR_XML ? CONTEXT.newXmlParser() : CONTEXT.newJsonParser();
    parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
    parser.setStripVersionsFromReferences(false);
    // SECURITY: the default handler logs the values it cannot read. What is unknown or invalid is
    // the validator's to report.
    parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
    return parser;
  }

  private static FhirContext context() {
    FhirContext context = FhirContext.forR4();
    context.getParserOptions().setAutoContainReferenceTargetsWithNoId(false);
    return context;
  }
}
