package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CertificateCase.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table that people read of who may send what in which state is the one that is held. */
class DialogueTableTest {
  private static final Path MANUAL = Path.of("..", "docs", "dialogue.md");
  private static final String OPEN = "open";
  private static final String YES = "yes";
  private static final String NOTED = "noted";
  private static final String NO = "no";

  @Test
  void hasEveryKindOfTurnOnceAndEveryState() throws IOException {
    assertThat(table().keySet()).containsExactlyInAnyOrder(Turn.Kind.values());
    assertThat(Arrays.stream(State.values()).filter(s -> !s.isOpen()).map(State::name))
        .containsExactlyElementsOf(columns().subList(3, columns().size()));
    assertThat(columns().get(2)).isEqualTo(OPEN);
  }

  @ParameterizedTest
  @EnumSource
  void saysOfEveryStateWhatTheRulesSay(State state) throws IOException {
    for (Map.Entry<Turn.Kind, Map<String, String>> row : table().entrySet()) {
      String mark = row.getValue().get(state.isOpen() ? OPEN : state.name());
      assertThat(mark).isIn(YES, NOTED, NO);
      assertThat(CaseRules.allows(state, row.getKey()))
          .as("%s in %s", row.getKey(), state)
          .isEqualTo(!mark.equals(NO));
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhoTakesEachKindOfTurn(Turn.Kind kind) throws IOException {
    assertThat(table().get(kind).get("by")).isEqualTo(kind.role().name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsOnlyNotedMovesNeitherStateNorTurn(State state) throws IOException {
    for (Map.Entry<Turn.Kind, Map<String, String>> row : table().entrySet()) {
      if (row.getValue().get(state.isOpen() ? OPEN : state.name()).equals(NOTED)) {
        CertificateCase before = CasesInEveryState.in(state);
        CertificateCase after =
            CaseTurnsSample.take(before, CasesInEveryState.fitting(row.getKey(), before));
        assertThat(List.of(after.state(), after.turn()))
            .as("%s in %s", row.getKey(), state)
            .isEqualTo(List.of(before.state(), before.turn()));
      }
    }
  }

  private static List<String> columns() throws IOException {
    return cells(rows().filter(row -> row.startsWith("| turn | by | open |")).findFirst().get());
  }

  /** By kind, what stands under each heading. */
  private static Map<Turn.Kind, Map<String, String>> table() throws IOException {
    List<String> columns = columns();
    Map<Turn.Kind, Map<String, String>> table = new EnumMap<>(Turn.Kind.class);
    rows()
        .map(DialogueTableTest::cells)
        .filter(cells -> cells.size() == columns.size() && cells.get(0).startsWith("`"))
        .forEach(
            cells -> {
              Map<String, String> row = new HashMap<>();
              for (int i = 1; i < columns.size(); i++) {
                row.put(columns.get(i), cells.get(i));
              }
              assertThat(table.put(Turn.Kind.valueOf(cells.get(0).replace("`", "")), row)).isNull();
            });
    return table;
  }

  private static Stream<String> rows() throws IOException {
    return Files.readAllLines(MANUAL).stream().filter(line -> line.startsWith("| "));
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1, row.length() - 1).split("\\|"))
        .map(String::strip)
        .toList();
  }
}
