package dk.attestbro.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Turn;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The turns of a case and its deadline rule as JSON columns: parts that are always read and written
 * whole. What is absent is left out.
 */
final class CaseJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CaseJson() {}

  static String write(List<Turn> turns) {
    ArrayNode array = JSON.createArrayNode();
    turns.forEach(turn -> write(turn, array.addObject()));
    return array.toString();
  }

  private static void write(Turn turn, ObjectNode into) {
    into.put("kind", turn.kind().name()).put("at", turn.at().toString());
    turn.by().ifPresent(by -> into.put("by", by.value()));
    turn.letter()
        .ifPresent(
            letter ->
                into.put("sender", letter.sender().value()).put("letter", letter.id().value()));
    if (!turn.code().isEmpty()) {
      into.put("code", turn.code());
    }
    turn.about().ifPresent(about -> into.put("about", about.value()));
    turn.date().ifPresent(date -> into.put("date", date.toString()));
    turn.to().ifPresent(to -> into.put("to", to.value()));
  }

  static List<Turn> turns(String json) {
    List<Turn> turns = new ArrayList<>();
    tree(json).forEach(node -> turns.add(turn(node)));
    return turns;
  }

  private static Turn turn(JsonNode node) {
    return new Turn(
        Turn.Kind.valueOf(node.path("kind").textValue()),
        Instant.parse(node.path("at").textValue()),
        optional(node, "by", PartyId::new),
        optional(node, "letter", LetterId::new)
            .map(id -> new LetterRef(new PartyId(node.path("sender").textValue()), id)),
        node.path("code").asText(),
        optional(node, "about", LetterId::new),
        optional(node, "date", LocalDate::parse),
        optional(node, "to", PartyId::new));
  }

  static String write(DeadlineRule rule) {
    ObjectNode into = JSON.createObjectNode();
    into.put("id", rule.id()).put("version", rule.version());
    ArrayNode limits = into.putArray("limits");
    for (DeadlineRule.Limit limit : rule.limits()) {
      ObjectNode one =
          limits
              .addObject()
              .put("start", limit.start().name())
              .put("length", limit.length())
              .put("unit", limit.unit().name());
      limit.unless().ifPresent(event -> one.put("unless", event.name()));
    }
    into.put("rollForward", rule.rollForward())
        .put("ownDefault", rule.ownDefault())
        .put("validFrom", rule.validFrom().toString());
    rule.validTo().ifPresent(to -> into.put("validTo", to.toString()));
    return into.toString();
  }

  static DeadlineRule rule(String json) {
    JsonNode node = tree(json);
    List<DeadlineRule.Limit> limits = new ArrayList<>();
    for (JsonNode limit : node.path("limits")) {
      limits.add(
          new DeadlineRule.Limit(
              DeadlineRule.StartEvent.valueOf(limit.path("start").textValue()),
              limit.path("length").intValue(),
              DeadlineRule.Unit.valueOf(limit.path("unit").textValue()),
              optional(limit, "unless", DeadlineRule.StartEvent::valueOf)));
    }
    return new DeadlineRule(
        node.path("id").textValue(),
        node.path("version").intValue(),
        limits,
        node.path("rollForward").booleanValue(),
        node.path("ownDefault").booleanValue(),
        LocalDate.parse(node.path("validFrom").textValue()),
        optional(node, "validTo", LocalDate::parse));
  }

  private static <T> Optional<T> optional(
      JsonNode node, String field, Function<String, T> reading) {
    return Optional.ofNullable(node.path(field).textValue()).map(reading);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException notOurs) {
      throw new IllegalStateException("a case holds JSON that cannot be read", notOurs);
    }
  }
}
