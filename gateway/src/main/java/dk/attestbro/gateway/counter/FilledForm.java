package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.pages.PageFields;
import dk.attestbro.model.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What stands in the fields of a form, and what is wrong with it. */
record FilledForm(MultiValueMap<String, String> fields, Optional<Refusal> refusal) {
  static FilledForm empty() {
    return new FilledForm(new LinkedMultiValueMap<>(), Optional.empty());
  }

  static FilledForm of(MultiValueMap<String, String> fields) {
    return new FilledForm(fields, Optional.empty());
  }

  static FilledForm of(Map<String, List<String>> fields) {
    MultiValueMap<String, String> all = new LinkedMultiValueMap<>();
    fields.forEach(all::addAll);
    return of(all);
  }

  FilledForm refused(Refusal why) {
    return new FilledForm(fields, Optional.of(why));
  }

  public String value(String name) {
    String first = fields.getFirst(name);
    return first == null ? "" : first;
  }

  public String value(String name, String otherwise) {
    return fields.containsKey(name) ? value(name) : otherwise;
  }

  public List<String> values(String name) {
    return fields.getOrDefault(name, List.of());
  }

  public boolean is(String name, String value) {
    return value(name).equals(value);
  }

  public boolean isWrong(String path) {
    return refusal
        .map(why -> why.problems().stream().anyMatch(p -> PageFields.isAbout(p, path)))
        .orElse(false);
  }
}
