package dk.attestbro.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The forms as FHIR Questionnaires, one file each: those that lie beside this class, named in
 * {@code forms/index.txt}, and those of a folder that an operator keeps, which add forms or replace
 * them by id. The index replaces a scan of the class path, which a jar within a jar does not allow.
 * Thread-safe.
 */
public final class FhirForms implements Forms {
  private static final String FOLDER = "forms/";
  private static final String DEADLINE_RULE = Canonicals.extension("deadline-rule");
  private static final String NOT_BEFORE = Canonicals.extension("not-before");
  private static final String AUTHOR_DOCTOR = Canonicals.extension("author-doctor");
  private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";

  private final Map<String, Form> byId = new LinkedHashMap<>();
  private final Map<String, byte[]> questionnaires = new LinkedHashMap<>();

  /** Reads the forms that come with this module. */
  public FhirForms() {
    ObjectMapper mapper = new ObjectMapper();
    for (String file : new String(resource("index.txt"), StandardCharsets.UTF_8).split("\\R")) {
      if (!file.isBlank()) {
        add(mapper, resource(file.strip()), file.strip());
      }
    }
  }

  /**
   * Reads the forms that come with this module, then every {@code *.json} of the folder, in the
   * order of their names; a folder that is not there holds none.
   *
   * @throws FormsInvalid where files are no forms, with every mistake
   */
  public FhirForms(Path folder) {
    this();
    ObjectMapper mapper = new ObjectMapper();
    List<String> mistakes = new ArrayList<>();
    Map<String, String> fileOfForm = new HashMap<>();
    for (Path file : files(folder)) {
      try {
        Form form = add(mapper, Files.readAllBytes(file), file.toString());
        Optional.ofNullable(fileOfForm.put(form.id(), file.toString()))
            .ifPresent(other -> mistakes.add("form " + file + " has the id of " + other));
      } catch (IOException unreadable) {
        mistakes.add("form " + file + " cannot be read");
      } catch (IllegalStateException wrong) {
        mistakes.add(String.valueOf(wrong.getMessage()));
      }
    }
    if (!mistakes.isEmpty()) {
      throw new FormsInvalid(mistakes);
    }
  }

  @Override
  public List<Form> all() {
    return List.copyOf(byId.values());
  }

  @Override
  public Optional<Form> find(String codeOrId) {
    return Optional.ofNullable(byId.get(codeOrId.replace("Æ", "AE")));
  }

  @Override
  public byte[] questionnaire(Form form) {
    byte[] questionnaire = questionnaires.get(form.id());
    if (questionnaire == null) {
      throw new IllegalArgumentException("not one of these forms: " + form.id());
    }
    return questionnaire.clone();
  }

  private Form add(ObjectMapper mapper, byte[] questionnaire, String file) {
    Form form = read(tree(mapper, questionnaire, file), file);
    byId.put(form.id(), form);
    questionnaires.put(form.id(), questionnaire);
    return form;
  }

  private static Form read(JsonNode root, String file) {
    try {
      return form(root, file);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalStateException("form " + file + ": " + wrong.getMessage(), wrong);
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException unreadable) {
      throw new FormsInvalid(List.of(folder + " cannot be read"));
    }
  }

  private static Form form(JsonNode root, String file) {
    if (!root.path("resourceType").asText().equals("Questionnaire")) {
      throw new IllegalStateException("form " + file + " is no Questionnaire");
    }
    List<FormItem> items = new ArrayList<>();
    collect(root.path("item"), new Text("", ""), items);
    demandDates(items, file);
    JsonNode period = root.path("effectivePeriod");
    return new Form(
        text(root, "id", file),
        text(root.path("code").path(0), "display", file),
        new Text(text(root, "title", file), english(root.path("_title"))),
        text(root, "url", file) + "|" + text(root, "version", file),
        date(text(period, "start", file), file),
        Optional.ofNullable(period.path("end").textValue()).map(end -> date(end, file)),
        deadlineRules(root, file),
        authorIsDoctor(root),
        items);
  }

  /** An answer can be not before a date only. */
  private static void demandDates(List<FormItem> items, String file) {
    for (FormItem item : items) {
      Optional<String> other = item.notBefore();
      if (other.isPresent()
          && Stream.of(item.linkId(), other.get())
              .anyMatch(
                  linkId ->
                      items.stream()
                          .noneMatch(
                              one ->
                                  one.linkId().equals(linkId)
                                      && one.type() == FormItem.Type.DATE))) {
        throw new IllegalStateException(
            "form " + file + ": " + item.linkId() + " is not before what is no date");
      }
    }
  }

  private static void collect(JsonNode items, Text group, List<FormItem> into) {
    for (JsonNode item : items) {
      Text text = new Text(item.path("text").asText(), english(item.path("_text")));
      if (item.path("type").asText().equals("group")) {
        collect(item.path("item"), text, into);
      } else {
        into.add(item(item, group, text));
      }
    }
  }

  private static FormItem item(JsonNode item, Text group, Text text) {
    List<FormItem.Option> options = new ArrayList<>();
    for (JsonNode option : item.path("answerOption")) {
      JsonNode coding = option.path("valueCoding");
      options.add(
          new FormItem.Option(
              coding.path("system").asText(),
              coding.path("code").asText(),
              new Text(coding.path("display").asText(), english(coding.path("_display")))));
    }
    return new FormItem(
        item.path("linkId").asText(),
        group,
        text,
        code(FormItem.Type.class, item.path("type"), "item " + item.path("linkId").asText()),
        item.path("required").asBoolean(),
        item.path("repeats").asBoolean(),
        item.path("maxLength").asInt(),
        options,
        parts(item, NOT_BEFORE).stream().map(e -> e.path("valueString").asText()).findFirst());
  }

  private static List<DeadlineRule> deadlineRules(JsonNode root, String file) {
    List<DeadlineRule> rules = new ArrayList<>();
    for (JsonNode extension : parts(root, DEADLINE_RULE)) {
      rules.add(deadlineRule(extension, file));
    }
    if (rules.isEmpty()) {
      throw new IllegalStateException("form " + file + " has no extension " + DEADLINE_RULE);
    }
    return rules;
  }

  private static DeadlineRule deadlineRule(JsonNode extension, String file) {
    return new DeadlineRule(
        text(part(extension, "id"), "valueId", file),
        part(extension, "version").path("valuePositiveInt").asInt(),
        parts(extension, "limit").stream().map(FhirForms::limit).toList(),
        part(extension, "rollForward").path("valueBoolean").asBoolean(),
        part(extension, "ownDefault").path("valueBoolean").asBoolean(),
        date(text(part(extension, "validFrom"), "valueDate", file), file),
        Optional.ofNullable(part(extension, "validTo").path("valueDate").textValue())
            .map(end -> date(end, file)));
  }

  private static DeadlineRule.Limit limit(JsonNode limit) {
    JsonNode unless = part(limit, "unless").path("valueCode");
    return new DeadlineRule.Limit(
        code(DeadlineRule.StartEvent.class, part(limit, "start").path("valueCode"), "start"),
        part(limit, "length").path("valueUnsignedInt").asInt(-1),
        code(DeadlineRule.Unit.class, part(limit, "unit").path("valueCode"), "unit"),
        unless.isMissingNode()
            ? Optional.empty()
            : Optional.of(code(DeadlineRule.StartEvent.class, unless, "unless")));
  }

  private static boolean authorIsDoctor(JsonNode root) {
    return part(root, AUTHOR_DOCTOR).path("valueBoolean").asBoolean(true);
  }

  private static <E extends Enum<E>> E code(Class<E> type, JsonNode code, String what) {
    String name = code.asText().replace('-', '_').toUpperCase(Locale.ROOT);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException(what + " has the unknown code '" + code.asText() + "'");
  }

  private static LocalDate date(String text, String file) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalStateException("form " + file + " has no whole date in " + text, wrong);
    }
  }

  private static List<JsonNode> parts(JsonNode element, String url) {
    List<JsonNode> parts = new ArrayList<>();
    for (JsonNode part : element.path("extension")) {
      if (part.path("url").asText().equals(url)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static JsonNode part(JsonNode element, String url) {
    return parts(element, url).stream().findFirst().orElse(MissingNode.getInstance());
  }

  private static String english(JsonNode primitive) {
    for (JsonNode extension : primitive.path("extension")) {
      if (extension.path("url").asText().equals(TRANSLATION)
          && part(extension, "lang").path("valueCode").asText().equals("en")) {
        return part(extension, "content").path("valueString").asText();
      }
    }
    return "";
  }

  private static String text(JsonNode node, String field, String file) {
    String value = node.path(field).asText();
    if (value.isBlank()) {
      throw new IllegalStateException("form " + file + " has no " + field);
    }
    return value;
  }

  private static JsonNode tree(ObjectMapper mapper, byte[] json, String file) {
    try {
      return mapper.readTree(json);
    } catch (IOException notJson) {
      throw new IllegalStateException("form " + file + " is not JSON", notJson);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = FhirForms.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("no form file " + name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
