package dk.attestbro.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The forms that lie beside this class as FHIR Questionnaires, one file each, named in {@code
 * forms/index.txt}. The index replaces a scan of the class path, which a jar within a jar does not
 * allow. Thread-safe.
 */
public final class FhirForms implements Forms {
  private static final String FOLDER = "forms/";
  private static final String DEADLINE_RULE = Canonicals.extension("deadline-rule");
  private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";

  private final Map<String, Form> byId = new LinkedHashMap<>();
  private final Map<String, byte[]> questionnaires = new LinkedHashMap<>();

  /**
   * Reads all forms.
   *
   * @throws IllegalStateException where a form lacks what every form must have; the message names
   *     the file and the element
   */
  public FhirForms() {
    ObjectMapper mapper = new ObjectMapper();
    for (String file : new String(resource("index.txt"), StandardCharsets.UTF_8).split("\\R")) {
      if (!file.isBlank()) {
        byte[] questionnaire = resource(file.strip());
        Form form = form(tree(mapper, questionnaire, file), file);
        byId.put(form.id(), form);
        questionnaires.put(form.id(), questionnaire);
      }
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

  private static Form form(JsonNode root, String file) {
    List<FormItem> items = new ArrayList<>();
    collect(root.path("item"), items);
    JsonNode period = root.path("effectivePeriod");
    return new Form(
        text(root, "id", file),
        text(root.path("code").path(0), "display", file),
        new Text(text(root, "title", file), english(root.path("_title"))),
        text(root, "url", file) + "|" + text(root, "version", file),
        LocalDate.parse(text(period, "start", file)),
        Optional.ofNullable(period.path("end").textValue()).map(LocalDate::parse),
        deadlineRule(root, file),
        items);
  }

  private static void collect(JsonNode items, List<FormItem> into) {
    for (JsonNode item : items) {
      if (item.path("type").asText().equals("group")) {
        collect(item.path("item"), into);
      } else {
        into.add(item(item));
      }
    }
  }

  private static FormItem item(JsonNode item) {
    List<FormItem.Option> options = new ArrayList<>();
    for (JsonNode option : item.path("answerOption")) {
      JsonNode coding = option.path("valueCoding");
      options.add(
          new FormItem.Option(coding.path("system").asText(), coding.path("code").asText()));
    }
    return new FormItem(
        item.path("linkId").asText(),
        FormItem.Type.valueOf(item.path("type").asText().toUpperCase(Locale.ROOT)),
        item.path("required").asBoolean(),
        item.path("repeats").asBoolean(),
        item.path("maxLength").asInt(),
        options);
  }

  private static DeadlineRule deadlineRule(JsonNode root, String file) {
    for (JsonNode extension : root.path("extension")) {
      if (extension.path("url").asText().equals(DEADLINE_RULE)) {
        return new DeadlineRule(
            text(part(extension, "id"), "valueId", file),
            part(extension, "version").path("valuePositiveInt").asInt(),
            part(extension, "calendarDays").path("valuePositiveInt").asInt(),
            part(extension, "ownDefault").path("valueBoolean").asBoolean());
      }
    }
    throw new IllegalStateException("form " + file + " has no extension " + DEADLINE_RULE);
  }

  private static JsonNode part(JsonNode extension, String url) {
    for (JsonNode part : extension.path("extension")) {
      if (part.path("url").asText().equals(url)) {
        return part;
      }
    }
    return extension.path("absent");
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
