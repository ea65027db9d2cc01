package dk.attestbro.fhir;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;

/**
 * A message as far as it can be read: an entry that cannot is empty in {@code bundle}, and its
 * index is in {@code unreadable}. One is enough for the letter to be refused, but whose letter it
 * is stands in another.
 */
record ReadBundle(Bundle bundle, Set<Integer> unreadable) {
  /** So many entries are tried one by one. */
  private static final int MOST_TRIED = 200;

  /** In bytes: what is around the entries is read with each of them. */
  private static final int MOST_REPEATED = 10_000_000;

  /**
   * @throws MessageRefused NOT_FHIR where it is no message, or has too many entries to find those
   *     that cannot be read
   */
  static ReadBundle of(Skeleton skeleton, MediaType type) {
    Optional<Bundle> whole = read(skeleton.textWithoutNarratives(), type);
    if (whole.isPresent()) {
      return new ReadBundle(whole.get(), Set.of());
    }
    Set<Integer> unreadable = unreadable(skeleton, type);
    Optional<Bundle> rest =
        unreadable.isEmpty() ? Optional.empty() : read(skeleton.textWithEmpty(unreadable), type);
    return new ReadBundle(
        rest.orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FHIR)), unreadable);
  }

  private static Set<Integer> unreadable(Skeleton skeleton, MediaType type) {
    Set<Integer> unreadable = new TreeSet<>();
    int entries = skeleton.entries();
    if (entries <= MOST_TRIED && (long) entries * skeleton.sizeAroundEntries() <= MOST_REPEATED) {
      for (int entry = 0; entry < entries; entry++) {
        if (read(skeleton.textWithEntry(entry), type).isEmpty()) {
          unreadable.add(entry);
        }
      }
    }
    return unreadable;
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
