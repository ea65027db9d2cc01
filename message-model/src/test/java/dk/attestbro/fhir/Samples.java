package dk.attestbro.fhir;

import ca.uhn.fhir.parser.IParser;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import org.hl7.fhir.r4.model.Bundle;

/** Messages for tests: a request and MedCom's acknowledgement, whole or with something changed. */
final class Samples {
  static final byte[] PDF =
      "%PDF-1.7\nSynthetic document for tests\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);

  private Samples() {}

  static String request() {
    return resource("certificate-request.json");
  }

  /** The request with a DocumentReference and its Binary, a PDF. */
  static String requestWithPdf() {
    return request()
        .replaceFirst("(?s)\\s*\\]\\s*\\}\\s*$", Matcher.quoteReplacement(documents(PDF) + "]}"));
  }

  private static String documents(byte[] pdf) {
    return """
        ,{"fullUrl":"https://attestbro.dk/fhir/DocumentReference/d1","resource":{
          "resourceType":"DocumentReference","id":"d1","text":{"status":"generated",
          "div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Bilag</div>"},
          "status":"current","subject":{"reference":"Patient/patient"},
          "content":[{"attachment":{"contentType":"application/pdf","title":"Bilag","url":"Binary/b1"}}]}}
        ,{"fullUrl":"https://attestbro.dk/fhir/Binary/b1","resource":{
          "resourceType":"Binary","id":"b1","contentType":"application/pdf","data":"%s"}}
        """
        .formatted(Base64.getEncoder().encodeToString(pdf));
  }

  static Payload json(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);
  }

  static Payload xml(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), MediaType.FHIR_XML);
  }

  /** The same message as XML. */
  static String asXml(String json) {
    return parser(MediaType.FHIR_XML).encodeResourceToString(bundle(json));
  }

  /** The request after a change to its Bundle. */
  static Payload request(UnaryOperator<Bundle> change) {
    return changed(request(), change);
  }

  /** A message after a change to its Bundle. */
  static Payload changed(String json, UnaryOperator<Bundle> change) {
    return json(parser(MediaType.FHIR_JSON).encodeResourceToString(change.apply(bundle(json))));
  }

  static Bundle bundle(String json) {
    return parser(MediaType.FHIR_JSON).parseResource(Bundle.class, json);
  }

  static FhirMessageReading read(Payload payload) {
    return (FhirMessageReading) new FhirMessageReader().read(payload);
  }

  private static IParser parser(MediaType type) {
    return Fhir.parser(type);
  }

  static String resource(String name) {
    try (InputStream in = Samples.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
