package dk.attestbro.gateway.counter;

import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a sent form as the plain JSON that a case system would post. A field's name is its
 * path there ({@code consent.givenAt}); what is left blank is absent, and names that begin with an
 * underscore are the page's own.
 */
final class FormBody {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ANSWERS = "answers.";
  private static final Set<String> LISTS = Set.of("questions");
  private static final Set<String> WORDS = Set.of("citizen.name.given");
  private static final Set<String> FLAGS = Set.of("confirmDuplicate", "insufficientKnowledge");

  /** As people write one: no exponent, by which a few characters make a number of any size. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}([.,]\\d{1,18})?");

  private final ObjectNode body = JSON.objectNode();

  private FormBody() {}

  /** The fields of a form without answers. */
  static FormBody of(MultiValueMap<String, String> fields) {
    return of(fields, Optional.empty());
  }

  /** The fields of a reply, whose answers have the types of the form's questions. */
  static FormBody of(MultiValueMap<String, String> fields, Optional<Form> form) {
    FormBody made = new FormBody();
    fields.forEach((name, values) -> made.put(name, values, form));
    return made;
  }

  byte[] json() {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  void attach(String title, String contentType, byte[] data) {
    ArrayNode attachments =
        body.get("attachments") instanceof ArrayNode some ? some : body.putArray("attachments");
    attachments
        .addObject()
        .put("title", title)
        .put("contentType", contentType)
        .put("data", Base64.getEncoder().encodeToString(data));
  }

  private void put(String name, List<String> values, Optional<Form> form) {
    List<String> given = values.stream().map(String::strip).filter(v -> !v.isEmpty()).toList();
    if (name.startsWith("_") || given.isEmpty()) {
      return;
    }
    if (name.startsWith(ANSWERS)) {
      String linkId = name.substring(ANSWERS.length());
      object(body, "answers").set(linkId, answer(given.get(0), form.flatMap(f -> f.item(linkId))));
    } else {
      set(name, value(name, given));
    }
  }

  private static JsonNode value(String name, List<String> given) {
    if (LISTS.contains(name)) {
      return list(given);
    }
    if (WORDS.contains(name)) {
      return list(Arrays.asList(given.get(0).split("\\s+", -1)));
    }
    return FLAGS.contains(name)
        ? JSON.booleanNode(given.get(0).equals("true"))
        : JSON.stringNode(given.get(0));
  }

  private static JsonNode list(List<String> texts) {
    ArrayNode list = JSON.arrayNode();
    texts.forEach(list::add);
    return list;
  }

  private static JsonNode answer(String text, Optional<FormItem> item) {
    FormItem.Type type = item.map(FormItem::type).orElse(FormItem.Type.TEXT);
    if (item.filter(FormItem::repeats).isPresent()) {
      ArrayNode all = JSON.arrayNode();
      Arrays.stream(text.split("[,;\\s]+", -1))
          .filter(one -> !one.isEmpty())
          .forEach(one -> all.add(one(one, type)));
      return all;
    }
    return one(text, type);
  }

  private static JsonNode one(String text, FormItem.Type type) {
    return switch (type) {
      case BOOLEAN -> JSON.booleanNode(text.equals("true"));
      case CHOICE -> JSON.objectNode().put("code", text);
      case INTEGER, DECIMAL -> number(text);
      case STRING, TEXT, DATE -> JSON.stringNode(text);
    };
  }

  /** What is no plain number stays a text, and is told to be of the wrong type. */
  private static JsonNode number(String text) {
    return NUMBER.matcher(text).matches()
        ? JSON.numberNode(new BigDecimal(text.replace(',', '.')))
        : JSON.stringNode(text);
  }

  private void set(String path, JsonNode value) {
    ObjectNode at = body;
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      at = object(at, steps[i]);
    }
    at.set(steps[steps.length - 1], value);
  }

  private static ObjectNode object(ObjectNode in, String name) {
    return in.get(name) instanceof ObjectNode known ? known : in.putObject(name);
  }
}
