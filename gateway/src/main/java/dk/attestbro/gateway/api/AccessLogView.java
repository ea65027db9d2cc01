package dk.attestbro.gateway.api;

import dk.attestbro.model.Access;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of the access log as they are shown. Masked, each member of staff is a number within this
 * answer, and so is each operator; no label of credentials is shown.
 */
public record AccessLogView(String staff, boolean truncated, List<Entry> items) {
  private static final String SEPARATOR = ";";
  private static final String END = "\r\n";

  /** One entry as it is shown. */
  public record Entry(
      Instant at,
      String actor,
      List<String> parties,
      Optional<String> staff,
      Optional<String> credential,
      String act,
      Text text,
      Optional<String> caseId,
      Optional<String> sender,
      Optional<String> letterId) {}

  /** At most so many of the entries; whether there are more is told. */
  public static AccessLogView of(List<Access> found, int most, boolean masked) {
    Map<String, String> numbers = new HashMap<>();
    List<Entry> items =
        found.stream().limit(most).map(access -> entry(access, masked, numbers)).toList();
    return new AccessLogView(masked ? "masked" : "shown", found.size() > most, items);
  }

  private static Entry entry(Access access, boolean masked, Map<String, String> numbers) {
    Access.Actor actor = access.actor();
    return new Entry(
        access.at(),
        actor.operator() ? "operator" : "party",
        actor.parties().stream().map(PartyId::value).toList(),
        masked ? number(actor, numbers) : actor.staff(),
        masked ? Optional.empty() : Optional.of(actor.credential()),
        access.act().name(),
        access.act().text(),
        access.caseId().map(CaseId::toString),
        access.letter().map(ref -> ref.sender().value()),
        access.letter().map(ref -> ref.id().value()));
  }

  /** A party's credentials stand for a system, an operator's for a person. */
  private static Optional<String> number(Access.Actor actor, Map<String, String> numbers) {
    return actor
        .staff()
        .map(id -> actor.parties() + " " + id)
        .or(() -> actor.operator() ? Optional.of(actor.credential()) : Optional.empty())
        .map(who -> numbers.computeIfAbsent(who, any -> "staff-" + (numbers.size() + 1)));
  }

  /** As CSV, for a spreadsheet. */
  public byte[] csv() {
    StringBuilder csv = new StringBuilder();
    line(
        csv,
        List.of(
            "at",
            "actor",
            "parties",
            "staff",
            "credential",
            "act",
            "text",
            "caseId",
            "sender",
            "letterId"));
    for (Entry item : items) {
      List<String> cells = new ArrayList<>();
      cells.add(item.at().toString());
      cells.add(item.actor());
      cells.add(String.join(" ", item.parties()));
      cells.add(item.staff().orElse(""));
      cells.add(item.credential().orElse(""));
      cells.add(item.act());
      cells.add(item.text().da());
      cells.add(item.caseId().orElse(""));
      cells.add(item.sender().orElse(""));
      cells.add(item.letterId().orElse(""));
      line(csv, cells);
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder csv, List<String> cells) {
    csv.append(String.join(SEPARATOR, cells.stream().map(AccessLogView::cell).toList()))
        .append(END);
  }

  /** SECURITY: in quotes, and never as a formula (a staff id may begin with @ or -). */
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
