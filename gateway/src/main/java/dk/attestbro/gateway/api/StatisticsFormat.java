package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;

/** The formats of the figures, the one for whoever does not mind first. */
enum StatisticsFormat {
  JSON("application/json"),
  CSV("text/csv"),
  PDF("application/pdf");

  private final MediaType type;

  StatisticsFormat(String type) {
    this.type = MediaType.parseMediaType(type);
  }

  String type() {
    return type.toString();
  }

  /**
   * The one that {@code ?format=} names, else what the Accept header asks for first.
   *
   * @throws MessageRefused PARAMETER_INVALID or NOT_ACCEPTABLE where it is none of these
   */
  static StatisticsFormat choose(Optional<String> named, Optional<String> accept) {
    if (named.isPresent()) {
      return named(named.get());
    }
    return Acceptable.of(accept, List.of(values()), format -> format.type).get(0);
  }

  private static StatisticsFormat named(String name) {
    for (StatisticsFormat format : values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
        return format;
      }
    }
    throw new MessageRefused(RefusalReason.PARAMETER_INVALID, "format");
  }
}
