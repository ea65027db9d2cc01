package dk.attestbro.fhir;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/**
 * A message as far as it can be read: an entry that cannot is empty in {@code bundle}, and its
 * index is in {@code unreadable}. One is enough for the letter to be refused, but whose letter it
 * is stands in another.
 */
record ReadBundle(Bundle bundle, List<Integer> unreadable) {
  /** So many entries are tried one by one; no letter that is meant as one has as many. */
  private static final int MOST_TRIED = 1_000;

  /** In bytes: what is around the entries is read with each of them. */
  private static final int MOST_REPEATED = 10_000_000;

  /**
   * @throws MessageRefused NOT_FHIR where it is no message
   */
  static ReadBundle of(Skeleton skeleton, MediaType type) {
    Optional<Bundle> whole = read(skeleton.textWithoutNarratives(), type);
    if (whole.isPresent()) {
      return new ReadBundle(whole.get(), List.of());
    }
    int entries = skeleton.entries();
    if (entries > MOST_TRIED || (long) entries * skeleton.sizeAroundEntries() > MOST_REPEATED) {
      throw new MessageRefused(RefusalReason.NOT_FHIR);
    }
    List<Integer> unreadable = new ArrayList<>();
    for (int entry = 0; entry < entries; entry++) {
      if (read(skeleton.textWithEntry(entry), type).isEmpty()) {
        unreadable.add(entry);
      }
    }
    return new ReadBundle(
        read(skeleton.textWithEmpty(unreadable), type)
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FHIR)),
        List.copyOf(unreadable));
  }

  private static Optional<Bundle> read(byte[] text, MediaType type) {
    IBaseResource resource;
    try {
      resource = Fhir.parser(type).parseResource(new ByteArrayInputStream(text));
    } catch (RuntimeException unreadable) {
      // The parser's text may quote the message, so neither it nor its cause goes further.
      return Optional.empty();
    }
    if (resource instanceof Bundle bundle && bundle.getType() == Bundle.BundleType.MESSAGE) {
      return Optional.of(bundle);
    }
    throw new MessageRefused(RefusalReason.NOT_FHIR, "Bundle.type");
  }
}
