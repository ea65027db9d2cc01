package dk.attestbro.fhir;

import ca.uhn.fhir.parser.IParser;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the content of two envelopes is compared: HAPI's compact JSON of the Bundle
 * without Bundle.id, timestamp and meta and without the times of the Provenance that targets the
 * header. Attachments and narratives take part by their SHA-256.
 */
final class CanonicalForm {
  /** JSON may have them in another order than XML. */
  private static final Comparator<NarrativeText> IN_ORDER =
      Comparator.comparingInt((NarrativeText n) -> n.place().entry())
          .thenComparingInt(n -> n.place().contained());

  private CanonicalForm() {}

  /** The digest; the Bundle is changed while it is taken and is as it was afterwards. */
  static Digest digest(
      Bundle bundle, List<NarrativeText> narratives, List<Provenance> ownProvenances) {
    String id = bundle.getIdElement().getValue();
    InstantType timestamp = bundle.hasTimestampElement() ? bundle.getTimestampElement() : null;
    Meta meta = bundle.hasMeta() ? bundle.getMeta() : null;
    List<Times> times = ownProvenances.stream().map(Times::of).toList();
    bundle.setId((String) null);
    bundle.setTimestampElement(null);
    bundle.setMeta(null);
    times.forEach(Times::takeAway);
    try {
      return digest(bundle, narratives);
    } finally {
      bundle.setId(id);
      bundle.setTimestampElement(timestamp);
      bundle.setMeta(meta);
      times.forEach(Times::putBack);
    }
  }

  private static Digest digest(Bundle bundle, List<NarrativeText> narratives) {
    var digest = Digest.sha256();
    IParser parser = Fhir.parser(MediaType.FHIR_JSON);
    try (Writer writer =
        new OutputStreamWriter(
            new DigestOutputStream(OutputStream.nullOutputStream(), digest),
            StandardCharsets.UTF_8)) {
      parser.encodeResourceToWriter(bundle, writer);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    narratives.stream()
        .sorted(IN_ORDER)
        .map(n -> n.place().path() + n.sha256().hex())
        .forEach(part -> digest.update(part.getBytes(StandardCharsets.US_ASCII)));
    return Digest.of(digest);
  }

  private record Times(
      Provenance provenance, @Nullable Type occurred, @Nullable InstantType recorded) {
    static Times of(Provenance provenance) {
      return new Times(
          provenance,
          provenance.getOccurred(),
          provenance.hasRecordedElement() ? provenance.getRecordedElement() : null);
    }

    void takeAway() {
      provenance.setOccurred(null);
      provenance.setRecordedElement(null);
    }

    void putBack() {
      provenance.setOccurred(occurred);
      provenance.setRecordedElement(recorded);
    }
  }
}
