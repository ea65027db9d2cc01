package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How every kind of {@link SortingDesk} keeps mails. Empty records before each test. */
public abstract class SortingDeskContract {
  private static final int KEY = 0x1b2c3d4e;
  private static final Instant LONG_AGO = NOW.minusSeconds(1_000_000);

  protected abstract Records records();

  protected abstract SortingDesk desk();

  protected abstract HeldContents held();

  @Test
  void keepsAMailWithItsSealedContent() {
    UnsortedMail mail = mail("one", NOW);

    assertThat(keep(mail)).isEqualTo(Commit.DONE);

    assertThat(desk().unsorted(mail.id())).contains(mail);
    assertThat(desk().knowsMail(mail.sha256())).isTrue();
    assertThat(desk().openCount()).isEqualTo(1);
    assertThat(records().content(mail.place()).orElseThrow().bytes()).isEqualTo(sealed().bytes());
    assertThat(held().isKeyNeeded(KEY)).isTrue();
    assertThat(records().evidence(mail.chain())).hasSize(1);
  }

  @Test
  void keepsAMailOnceHoweverOftenItIsFetched() {
    UnsortedMail mail = mail("one", NOW);
    keep(mail);

    assertThat(keep(mail("one", NOW.plusSeconds(60)))).isEqualTo(Commit.STALE);

    assertThat(desk().open(SortingDesk.OLDEST_FIRST, Optional.empty(), 10)).containsExactly(mail);
    assertThat(records().evidence(mail.chain())).hasSize(1);
  }

  @Test
  void showsWhatIsOpenOldestFirstAndPageByPage() {
    UnsortedMail second = mail("second", NOW.plusSeconds(1));
    UnsortedMail first = mail("first", NOW);
    UnsortedMail third = mail("third", NOW.plusSeconds(2));
    List.of(second, first, third).forEach(this::keep);

    assertThat(desk().open(SortingDesk.OLDEST_FIRST, Optional.empty(), 2))
        .containsExactly(first, second);
    assertThat(desk().open(SortingDesk.OLDEST_FIRST, Optional.of(second.id()), 2))
        .containsExactly(third);
    assertThat(desk().open(SortingDesk.OLDEST_FIRST, Optional.of(UUID.randomUUID()), 2)).isEmpty();
  }

  @Test
  void sortsByEachColumnBothWaysRoundPageByPage() {
    UnsortedMail small = mail("b", NOW, "z", "A_REASON", Optional.of(AARHUS), 1);
    UnsortedMail large = mail("a", NOW.plusSeconds(1), "y", "B_REASON", Optional.empty(), 10);
    List.of(small, large).forEach(this::keep);

    assertThat(sorted(SortingDesk.By.RECEIVED)).containsExactly(small, large);
    assertThat(sorted(SortingDesk.By.ACCOUNT)).containsExactly(large, small);
    assertThat(sorted(SortingDesk.By.REASON)).containsExactly(small, large);
    assertThat(sorted(SortingDesk.By.SENDER)).containsExactly(large, small);
    assertThat(sorted(SortingDesk.By.SIZE)).containsExactly(small, large);
  }

  /** From the least, having claimed that pages and the other way round give the same. */
  private List<UnsortedMail> sorted(SortingDesk.By by) {
    List<UnsortedMail> up = desk().open(new Order<>(by, false), Optional.empty(), 10);
    List<UnsortedMail> down = desk().open(new Order<>(by, true), Optional.empty(), 10);
    assertThat(down).containsExactly(up.get(1), up.get(0));
    assertThat(desk().open(new Order<>(by, false), Optional.of(up.get(0).id()), 10))
        .containsExactly(up.get(1));
    assertThat(desk().open(new Order<>(by, true), Optional.of(up.get(1).id()), 10))
        .containsExactly(up.get(0));
    return up;
  }

  @Test
  void aClosedMailIsNoLongerShownAndIsClosedOnce() {
    UnsortedMail mail = mail("one", NOW);
    keep(mail);
    Change close = new Change(List.of(new Change.CloseMail(mail.id(), NOW.plusSeconds(5))));

    assertThat(records().commit(close)).isEqualTo(Commit.DONE);

    assertThat(records().commit(close)).isEqualTo(Commit.STALE);
    assertThat(desk().open(SortingDesk.OLDEST_FIRST, Optional.empty(), 10)).isEmpty();
    assertThat(desk().openCount()).isZero();
    assertThat(desk().unsorted(mail.id()).orElseThrow().closedAt()).contains(NOW.plusSeconds(5));
  }

  @Test
  void findsWhatMayGoAndStillKnowsItAfterwards() {
    UnsortedMail closed = mail("closed", NOW);
    UnsortedMail open = mail("open", NOW.plusSeconds(1));
    keep(closed);
    keep(open);
    records().commit(new Change(List.of(new Change.CloseMail(closed.id(), NOW.plusSeconds(5)))));

    assertThat(desk().mailsToEmpty(NOW.plusSeconds(4), LONG_AGO, 10)).isEmpty();
    assertThat(desk().mailsToEmpty(NOW.plusSeconds(5), LONG_AGO, 10))
        .extracting(UnsortedMail::id)
        .containsExactly(closed.id());
    assertThat(desk().mailsToEmpty(LONG_AGO, NOW.plusSeconds(1), 10))
        .extracting(UnsortedMail::id)
        .containsExactly(closed.id(), open.id());

    Change empty =
        new Change(List.of(new Change.EmptyMail(open.id()), new Change.DropContent(open.place())));
    assertThat(records().commit(empty)).isEqualTo(Commit.DONE);

    assertThat(records().commit(empty)).isEqualTo(Commit.STALE);
    assertThat(records().content(open.place())).isEmpty();
    assertThat(desk().mailsToEmpty(LONG_AGO, NOW.plusSeconds(1), 10)).hasSize(1);
    assertThat(desk().knowsMail(open.sha256())).isTrue();
  }

  private Commit keep(UnsortedMail mail) {
    return records()
        .commit(
            new Change(
                List.of(
                    new Change.KeepMail(mail),
                    new Change.PutContent(mail.place(), sealed()),
                    new Change.AddEvidence(
                        new Evidence(
                            mail.chain(),
                            NOW,
                            TimelineCode.MAIL_TO_BE_SORTED,
                            Optional.empty(),
                            mail.reason())))));
  }

  private static UnsortedMail mail(String text, Instant at) {
    return mail(text, at, "main", "MAIL_NOT_READABLE", Optional.of(AARHUS), text.length());
  }

  private static UnsortedMail mail(
      String text, Instant at, String account, String reason, Optional<PartyId> sender, int size) {
    Digest digest = Digest.of(text.getBytes(StandardCharsets.UTF_8));
    return UnsortedMail.open(digest, account, reason, sender, at, size);
  }

  private static SealedContent sealed() {
    byte[] bytes = new byte[40];
    ByteBuffer.wrap(bytes).putInt(SealedContent.KEY_ID_AT, KEY);
    return new SealedContent(MediaType.MIME, bytes);
  }
}
