package dk.attestbro.gateway.api;

import static java.util.Comparator.comparing;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/** What a caller takes of the formats that there are (RFC 9110 section 12.5.1). */
final class Acceptable {
  private Acceptable() {}

  /**
   * The formats that an Accept header asks for, the dearest first; all of them, in their own order,
   * where it is missing or empty.
   *
   * @throws MessageRefused NOT_ACCEPTABLE where it asks for none of these
   */
  static <F> List<F> of(Optional<String> accept, List<F> formats, Function<F, MediaType> type) {
    List<MediaType> ranges = ranges(accept.filter(text -> !text.isBlank()).orElse("*/*"));
    Set<F> taken = new LinkedHashSet<>();
    for (MediaType range : ranges) {
      for (F format : formats) {
        if (range.includes(type.apply(format)) && isWanted(type.apply(format), ranges)) {
          taken.add(format);
        }
      }
    }
    if (taken.isEmpty()) {
      throw new MessageRefused(RefusalReason.NOT_ACCEPTABLE);
    }
    return List.copyOf(taken);
  }

  /** The range that names a type most closely decides; its quality 0 says no. */
  private static boolean isWanted(MediaType type, List<MediaType> ranges) {
    return ranges.stream()
        .filter(range -> range.includes(type))
        .max(
            comparing(MediaType::isWildcardType, Comparator.reverseOrder())
                .thenComparing(MediaType::isWildcardSubtype, Comparator.reverseOrder()))
        .filter(range -> range.getQualityValue() > 0)
        .isPresent();
  }

  private static List<MediaType> ranges(String accept) {
    try {
      List<MediaType> ranges = new ArrayList<>(MediaType.parseMediaTypes(accept));
      MimeTypeUtils.sortBySpecificity(ranges);
      ranges.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
      return ranges;
    } catch (InvalidMediaTypeException | InvalidMimeTypeException unreadable) {
      throw new MessageRefused(RefusalReason.NOT_ACCEPTABLE);
    }
  }
}
