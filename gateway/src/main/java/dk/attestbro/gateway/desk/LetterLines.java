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
          new Column("desk.letter.received", ""),
          new Column("desk.letter.event", ""),
          new Column("desk.letter.sender", ""),
          new Column("desk.letter.receiver", ""),
          new Column("desk.letter.status", ""),
          new Column("desk.letter.trouble", ""));

  private LetterLines() {}

  /** All of them on one page. */
  static Listing<LetterLine> all(List<LetterLine> lines, String path) {
    return new Listing<>(
        lines, path, Map.of(), COLUMNS, "", false, Optional.empty(), Optional.empty());
  }
}
