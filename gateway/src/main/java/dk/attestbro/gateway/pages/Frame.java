package dk.attestbro.gateway.pages;

import dk.attestbro.port.Staff;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What the layout asks of the request that it stands around: {@code @frame} in templates. */
public final class Frame {
  private final List<Navigation> parts;

  Frame(List<Navigation> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Who has signed in. */
  public Optional<Staff> staff() {
    return SecurityContextHolder.getContext().getAuthentication()
            instanceof StaffAuthentication signedIn
        ? Optional.of(signedIn.getPrincipal())
        : Optional.empty();
  }

  /** The menu of whoever has signed in. */
  public List<Navigation.Item> menu() {
    return staff()
        .map(staff -> parts.stream().flatMap(part -> part.of(staff).stream()).toList())
        .orElse(List.of());
  }

  /** Whether the page lies at, or below, the place of this item. */
  public boolean isAt(Navigation.Item item) {
    String path = ServletUriComponentsBuilder.fromCurrentRequest().build().getPath();
    return item.path().equals(longestAt(String.valueOf(path)));
  }

  /** This page in the languages that there are. */
  public List<Language> languages(Locale now) {
    return Languages.ALL.stream()
        .map(
            language ->
                new Language(
                    language.getLanguage(),
                    language.getLanguage().equals("da") ? "Dansk" : "English",
                    here(language),
                    language.getLanguage().equals(now.getLanguage())))
        .toList();
  }

  /** A language to read this page in. */
  public record Language(String code, String name, String link, boolean chosen) {}

  private String longestAt(String path) {
    return menu().stream()
        .map(Navigation.Item::path)
        .filter(at -> path.equals(at) || path.startsWith(at + "/"))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .orElse("");
  }

  private static String here(Locale language) {
    return ServletUriComponentsBuilder.fromCurrentRequest()
        .replaceQueryParam(Languages.PARAMETER, language.getLanguage())
        .scheme(null)
        .host(null)
        .port(null)
        .build()
        .toUriString();
  }
}
