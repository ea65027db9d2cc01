package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every kind of {@link AccessLog} keeps. Empty records before each test. */
public abstract class AccessLogContract {
  private static final Digest CITIZEN = RecordSamples.digest("citizen");

  protected abstract Records records();

  protected abstract AccessLog log();

  @Test
  void tellsWhatWasDoneToACaseOldestFirst() {
    CaseId id = CaseId.random();
    Access second = access(NOW.plusSeconds(1), Optional.of(id), Optional.empty());
    Access first = access(NOW, Optional.of(id), Optional.of(CITIZEN));
    log().note(second);
    log().note(first);
    log().note(access(NOW, Optional.of(CaseId.random()), Optional.empty()));

    assertThat(log().ofCase(id, 10)).containsExactly(first, second);
    assertThat(log().ofCase(id, 1)).containsExactly(first);
  }

  @Test
  void findsWhatIsNotedUnderACitizenOrUnderACaseAboutTheCitizen() {
    CaseId id = CaseId.random();
    LetterRef request = RecordSamples.ref();
    records()
        .commit(
            new Change(
                List.of(
                    new Change.AddCase(
                        RecordSamples.open(id, request, MIDT, NOW, Optional.of(CITIZEN)),
                        OptionalInt.of(1)))));
    Access direct = access(NOW, Optional.empty(), Optional.of(CITIZEN));
    Access byCase = access(NOW.plusSeconds(1), Optional.of(id), Optional.empty());
    log().note(direct);
    log().note(byCase);
    log().note(access(NOW, Optional.empty(), Optional.of(RecordSamples.digest("another"))));

    assertThat(log().ofCitizen(CITIZEN, 10)).containsExactly(direct, byCase);
  }

  @Test
  void keepsAnOperatorWithoutParties() {
    Access act =
        new Access(
            NOW,
            new Access.Actor(true, List.of(), "operator", Optional.empty()),
            AccessAct.EVIDENCE_EXPORTED_BARE,
            Optional.of(CaseId.random()),
            Optional.of(RecordSamples.ref()),
            Optional.empty(),
            "reason-sha256=1");
    log().note(act);
    assertThat(log().ofCase(act.caseId().orElseThrow(), 10)).containsExactly(act);
  }

  @Test
  void deletesWhatIsOlder() {
    CaseId id = CaseId.random();
    log().note(access(NOW, Optional.of(id), Optional.empty()));
    Access kept = access(NOW.plusSeconds(2), Optional.of(id), Optional.empty());
    log().note(kept);

    assertThat(log().deleteBefore(NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(log().ofCase(id, 10)).containsExactly(kept);
  }

  private static Access access(Instant at, Optional<CaseId> id, Optional<Digest> citizen) {
    return new Access(
        at,
        new Access.Actor(false, List.of(AARHUS), "aarhus-1", Optional.of("b.jensen@test")),
        AccessAct.CONTENT_READ,
        id,
        Optional.empty(),
        citizen,
        "");
  }
}
