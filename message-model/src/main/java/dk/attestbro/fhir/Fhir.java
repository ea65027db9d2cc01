package dk.attestbro.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r4.model.Bundle;

/** The one FHIR context of the package, since building one is expensive, and its parsers. */
final class Fhir {
  private Fhir() {}

  /** The shared R4 context. Thread-safe; its parsers are not. */
  static FhirContext context() {
    return Holder.CONTEXT;
  }

  /** A parser that leaves ids, references and versions as they stand. */
  static IParser parser(MediaType type) {
    IParser parser =
        switch (type) {
          case FHIR_JSON -> context().newJsonParser();
          case FHIR_XML -> context().newXmlParser();
          case CMS, MIME -> throw new IllegalArgumentException("CMS is opened before it is read");
        };
    parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
    parser.setStripVersionsFromReferences(false);
    // SECURITY: the default handler logs the values it cannot read. What is unknown or invalid is
    // the validator's to report.
    parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
    return parser;
  }

  /**
   * The Bundle of a message that was read before, without its narratives; a digest may stand for
   * each document. Not to be changed.
   */
  static Bundle bundle(MessageReading reading) {
    return reading instanceof FhirMessageReading read ? read.bundle() : bundle(reading.payload());
  }

  /** Reads a message that is known to be a Bundle. */
  static Bundle bundle(Payload payload) {
    byte[] bytes = payload.bytes();
    int mark = ByteOrderMark.length(bytes);
    return parser(payload.mediaType())
        .parseResource(Bundle.class, new ByteArrayInputStream(bytes, mark, bytes.length - mark));
  }

  /** Writes a message in the given format. */
  static Payload payload(Bundle bundle, MediaType type) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      parser(type).encodeResourceToWriter(bundle, writer);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail", impossible);
    }
    return new Payload(bytes.toByteArray(), type);
  }

  private static final class Holder {
    static final FhirContext CONTEXT = FhirContext.forR4();

    static {
      // Of some thousand types our messages and the validator meet few: each is looked at when it
      // is met.
      CONTEXT.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
      WorkerContextValidationSupportAdapter.FHIR_CONTEXT_R5.setPerformanceOptions(
          PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
    }
  }
}
