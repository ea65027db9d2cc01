package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenRequestsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  /** Only the directory can tell these. */
  private static final Set<RefusalReason> OF_THE_DIRECTORY =
      EnumSet.of(RefusalReason.RECEIVER_UNKNOWN, RefusalReason.GLN_NOT_LISTED);

  static Iterable<RefusalReason> reasons() {
    return BrokenRequests.reasons();
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void theValidatorNamesWhatIsWrong(RefusalReason reason) {
    MessageReading read = Messages.READER.read(BrokenRequests.of(reason, Messages.at(NOW)));

    var problems = Validators.OWN.validate(read, NOW, OptionalInt.empty()).problems();

    if (OF_THE_DIRECTORY.contains(reason)) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).extracting(Problem::reason).contains(reason);
    }
  }
}
