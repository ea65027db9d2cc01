package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static dk.attestbro.port.RecordSamples.ODENSE;
import static dk.attestbro.port.RecordSamples.SYD;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every kind of {@link CaseLists} sorts, pages and counts. Empty records before each test. */
public abstract class CaseListsContract {
  private static final Order<CaseLists.By> OLDEST = new Order<>(CaseLists.By.OPENED, false);

  protected abstract Records records();

  protected abstract CaseLists lists();

  @Test
  void listsTheCasesOfEitherSidePageByPageAndCountsThemAll() {
    CertificateCase first = open(AARHUS, MIDT, NOW);
    CertificateCase second = open(ODENSE, MIDT, NOW.plusSeconds(1));
    CertificateCase third = open(AARHUS, SYD, NOW.plusSeconds(2));
    CaseQuery two = CaseQuery.of(Set.of(AARHUS, MIDT), 2);

    assertThat(lists().cases(two, OLDEST, 0)).containsExactly(first, second);
    assertThat(lists().cases(two, OLDEST, 2)).containsExactly(third);
    assertThat(lists().count(two)).isEqualTo(3);
    assertThat(lists().count(CaseQuery.of(Set.of(ODENSE), 1))).isEqualTo(1);
  }

  @Test
  void sortsByEachColumnBothWaysRoundWithWhatIsNotDueLast() {
    CertificateCase sent = open(AARHUS, MIDT, NOW);
    CertificateCase late = received(open(AARHUS, MIDT, NOW.plusSeconds(1)), 30 * 86_400L);
    CertificateCase soon = received(open(AARHUS, MIDT, NOW.plusSeconds(2)), 60);

    assertThat(sorted(CaseLists.By.OPENED, false)).containsExactly(sent, late, soon);
    assertThat(sorted(CaseLists.By.OPENED, true)).containsExactly(soon, late, sent);
    assertThat(sorted(CaseLists.By.UPDATED, false)).containsExactly(sent, soon, late);
    assertThat(sorted(CaseLists.By.DUE, false)).containsExactly(soon, late, sent);
    assertThat(sorted(CaseLists.By.DUE, true)).containsExactly(late, soon, sent);
    assertThat(sorted(CaseLists.By.STATE, true).get(0)).isEqualTo(sent);
    assertThat(sorted(CaseLists.By.FORM, false))
        .isSortedAccordingTo((a, b) -> a.id().toString().compareTo(b.id().toString()));
  }

  @Test
  void listsAndCountsOnlyWhatTheQueryWants() {
    CertificateCase theirs = open(AARHUS, MIDT, NOW);
    CertificateCase due = received(open(AARHUS, MIDT, NOW.plusSeconds(1)), 60);
    LocalDate day = due.deadline().due().orElseThrow();

    for (CaseQuery one :
        List.of(
            CasesContract.runsOut(Optional.of(day.plusDays(1)), Optional.empty()),
            CasesContract.runsOut(Optional.empty(), Optional.of(day)))) {
      assertThat(lists().cases(one, OLDEST, 0)).containsExactly(due);
      assertThat(lists().count(one)).isEqualTo(1);
    }
    CaseQuery early = CasesContract.runsOut(Optional.of(day), Optional.empty());
    assertThat(lists().cases(early, OLDEST, 0)).isEmpty();
    assertThat(lists().count(early)).isZero();
    CaseQuery mine = CasesContract.mine(Set.of(MIDT));
    assertThat(lists().cases(mine, OLDEST, 0)).containsExactly(due).doesNotContain(theirs);
    assertThat(lists().count(mine)).isEqualTo(1);
  }

  private List<CertificateCase> sorted(CaseLists.By by, boolean descending) {
    return lists().cases(CaseQuery.of(Set.of(MIDT), 10), new Order<>(by, descending), 0);
  }

  private CertificateCase open(PartyId requester, PartyId responder, Instant at) {
    CertificateCase opened = RecordSamples.open(requester, responder, at);
    commit(new Change.AddCase(opened, OptionalInt.of(1)));
    return opened;
  }

  private CertificateCase received(CertificateCase opened, long secondsLater) {
    CertificateCase received = RecordSamples.received(opened, NOW.plusSeconds(secondsLater));
    commit(new Change.UpdateCase(received));
    return received.stored();
  }

  private void commit(Change.Write write) {
    assertThat(records().commit(new Change(List.of(write)))).isEqualTo(Commit.DONE);
  }
}
