package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u0001", "\\u001b", "\\ud800", "\\ufffe", "\\uffff"})
  void whatXmlCannotCarryIsRefusedWhereItStands(String escaped) {
    assertThat(problems(escaped))
        .contains(
            new Problem(
                RefusalReason.FIELD_INVALID,
                "Bundle.entry[0].resource.source.name",
                "control character"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u00e6", "\\ud83d\\ude00", "\\t"})
  void whatBothFormatsCarryIsTaken(String escaped) {
    assertThat(problems(escaped)).isEmpty();
  }

  @Test
  void aNarrativeHasNoneEither() {
    String broken = Samples.request().replaceFirst("</div>", "\\\\u0001</div>");

    assertThatThrownBy(() -> validated(broken)).isInstanceOf(MessageRefused.class);
  }

  private static List<Problem> problems(String inTheName) {
    String name = ",\"name\":\"a" + inTheName + "b\"";
    return validated(
        Samples.request()
            .replaceFirst(
                "(\"endpoint\": \"[^\"]*\")(\\s*},\\s*\"focus\")",
                "$1" + name.replace("\\", "\\\\") + "$2"));
  }

  private static List<Problem> validated(String json) {
    return Validators.OWN
        .validate(Messages.READER.read(Samples.json(json)), NOW, OptionalInt.empty())
        .problems();
  }
}
