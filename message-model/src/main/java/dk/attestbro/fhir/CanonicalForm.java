package dk.attestbro.fhir;

import dk.attestbro.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.XhtmlType;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the content of two envelopes is compared: the elements of the Bundle in the
 * order of their definitions, without Bundle.id, timestamp and meta and without the times of the
 * Provenance that targets the header. Attachments and narratives take part by their SHA-256, and an
 * entry that cannot be read by that of its text as it is written.
 */
final class CanonicalForm {
  /** JSON may have them in another order than XML. */
  private static final Comparator<NarrativeText> IN_ORDER =
      Comparator.comparingInt((NarrativeText n) -> n.place().entry())
          .thenComparingInt(n -> n.place().contained());

  private CanonicalForm() {}

  /** The digest; the Bundle is changed while it is taken and is as it was afterwards. */
  static Digest digest(
      Bundle bundle,
      List<NarrativeText> narratives,
      Map<Integer, Digest> unreadable,
      List<Provenance> ownProvenances) {
    String id = bundle.getIdElement().getValue();
    InstantType timestamp = bundle.hasTimestampElement() ? bundle.getTimestampElement() : null;
    Meta meta = bundle.hasMeta() ? bundle.getMeta() : null;
    List<Times> times = ownProvenances.stream().map(Times::of).toList();
    bundle.setId((String) null);
    bundle.setTimestampElement(null);
    bundle.setMeta(null);
    times.forEach(Times::takeAway);
    try {
      return digest(bundle, narratives, unreadable);
    } finally {
      bundle.setId(id);
      bundle.setTimestampElement(timestamp);
      bundle.setMeta(meta);
      times.forEach(Times::putBack);
    }
  }

  private static Digest digest(
      Bundle bundle, List<NarrativeText> narratives, Map<Integer, Digest> unreadable) {
    StringBuilder form = new StringBuilder();
    write(bundle, form);
    narratives.stream()
        .sorted(IN_ORDER)
        .forEach(n -> form.append(n.place().path()).append(n.sha256().hex()));
    new TreeMap<>(unreadable)
        .forEach((entry, text) -> form.append(entry).append(':').append(text.hex()));
    return Digest.of(form.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Appends {@code type{value child:...}}; a value has its length before it, so that no two
   * contents look alike.
   *
   * @return whether there was anything: getters of the model leave empty elements behind
   */
  private static boolean write(Base element, StringBuilder form) {
    if (element instanceof XhtmlType) {
      // The model is read without narratives, and leaves their places behind.
      return false;
    }
    int start = form.length();
    form.append(element.fhirType()).append('{');
    int empty = form.length();
    String value = element.primitiveValue();
    if (value != null) {
      form.append(value.length()).append('=').append(value);
    }
    for (Property child : element.children()) {
      for (Base one : child.getValues()) {
        int before = form.length();
        form.append(child.getName()).append(':');
        if (!write(one, form)) {
          form.setLength(before);
        }
      }
    }
    if (form.length() == empty) {
      form.setLength(start);
      return false;
    }
    form.append('}');
    return true;
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
