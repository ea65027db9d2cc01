package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.gateway.pages.Listing.Column;
import dk.attestbro.port.LetterLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table that letters are shown in, wherever they are. */
final class LetterLines {
  static final List<Column> COLUMNS =
      List.of(
          new Column("desk.letter.received", "received"),
          new Column("desk.letter.event", "event"),
          new Column("desk.letter.sender", "sender"),
          new Column("desk.letter.receiver", "receiver"),
          new Column("desk.letter.status", "status"),
          new Column("desk.letter.trouble", ""));

  private static final List<Column> UNSORTED =
      COLUMNS.stream().map(column -> new Column(column.key(), "")).toList();

  private LetterLines() {}

  /** All of them on one page. */
  static Listing<LetterLine> all(List<LetterLine> lines, String path) {
    return new Listing<>(
        lines, path, Map.of(), UNSORTED, "", false, Optional.empty(), Optional.empty());
  }
}
