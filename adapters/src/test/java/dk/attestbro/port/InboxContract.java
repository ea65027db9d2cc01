package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static dk.attestbro.port.RecordSamples.ODENSE;
import static dk.attestbro.port.RecordSamples.SYD;
import static dk.attestbro.port.RecordSamples.letter;
import static dk.attestbro.port.RecordSamples.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.EventCode;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every kind of {@link Inbox} keeps. Empty records before each test. */
public abstract class InboxContract {
  protected abstract Records records();

  protected abstract Inbox inbox();

  @Test
  void givesItemsOldestFirstToTheirReceiverOnly() {
    Letter first = put(ref());
    Letter second = put(ref());
    Letter third = put(ref());
    List<Inbox.Item> items = inbox().items(MIDT, 0, 10);
    assertThat(items).extracting(Inbox.Item::letter).containsExactly(first, second, third);
    assertThat(inbox().items(MIDT, 0, 2)).isEqualTo(items.subList(0, 2));
    assertThat(inbox().items(MIDT, items.get(0).sequence(), 10)).isEqualTo(items.subList(1, 3));
    assertThat(inbox().items(SYD, 0, 10)).isEmpty();
  }

  @Test
  void givesLettersWithoutTheAcknowledgementsAmongThem() {
    Letter first = put(letter(ref()));
    put(acknowledgement(letter(ref())));
    Letter second = put(letter(ref()));
    List<Inbox.Item> letters = inbox().letters(MIDT, 0, 10);
    assertThat(letters).extracting(Inbox.Item::letter).containsExactly(first, second);
    assertThat(inbox().letters(MIDT, 0, 1)).isEqualTo(letters.subList(0, 1));
    assertThat(inbox().letters(MIDT, letters.get(0).sequence(), 10))
        .isEqualTo(letters.subList(1, 2));
    assertThat(inbox().items(MIDT, 0, 10)).hasSize(3);
  }

  @Test
  void changesNothingWhereTheLetterIsThereAlready() {
    Letter letter = put(ref());
    List<Inbox.Item> before = inbox().items(MIDT, 0, 10);
    assertThat(commit(new Change.AddInboxItem(MIDT, letter.ref(), NOW.plusSeconds(1))))
        .isEqualTo(Commit.DONE);
    assertThat(inbox().items(MIDT, 0, 10)).isEqualTo(before);
  }

  @Test
  void takesAnItemOutOnceAndPutsItBackUnderAHigherSequence() {
    Letter letter = put(ref());
    long before = inbox().items(MIDT, 0, 10).get(0).sequence();
    Change.Write take = new Change.TakeInboxItem(MIDT, letter.ref());
    assertThat(commit(take)).isEqualTo(Commit.DONE);
    assertThat(commit(take)).isEqualTo(Commit.DONE);
    assertThat(inbox().items(MIDT, 0, 10)).isEmpty();
    commit(new Change.AddInboxItem(MIDT, letter.ref(), NOW));
    assertThat(inbox().items(MIDT, before, 10)).hasSize(1);
  }

  @Test
  void findsTheItemsOfSeveralSendersUnderOneId() {
    LetterId id = LetterId.random();
    Letter aarhus = put(new LetterRef(AARHUS, id));
    Letter odense = put(new LetterRef(ODENSE, id));
    put(ref());
    assertThat(inbox().items(MIDT, id))
        .extracting(Inbox.Item::letter)
        .containsExactly(aarhus, odense);
  }

  @Test
  void neverSkipsAnItemForAReaderThatFollowsParallelCommits() throws Exception {
    int letters = 300;
    List<LetterRef> seen = new ArrayList<>();
    CompletableFuture<List<Commit>> writers =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Together.run(
                    letters,
                    8,
                    number -> {
                      Letter letter = letter(ref());
                      return commit(
                          new Change.AddLetter(letter),
                          new Change.AddInboxItem(MIDT, letter.ref(), NOW));
                    });
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    long after = 0;
    boolean over = false;
    while (!over) {
      // Asked before the read: what is committed by then must be in this read or an earlier one.
      over = writers.isDone();
      for (Inbox.Item item : inbox().items(MIDT, after, 1000)) {
        assertThat(item.sequence()).isGreaterThan(after);
        after = item.sequence();
        seen.add(item.letter().ref());
      }
    }
    assertThat(writers.join()).containsOnly(Commit.DONE);
    assertThat(seen).hasSize(letters).doesNotHaveDuplicates();
  }

  private Letter put(LetterRef ref) {
    return put(letter(ref));
  }

  private Letter put(Letter letter) {
    assertThat(
            commit(new Change.AddLetter(letter), new Change.AddInboxItem(MIDT, letter.ref(), NOW)))
        .isEqualTo(Commit.DONE);
    return letter;
  }

  private static Letter acknowledgement(Letter like) {
    return new Letter(
        like.ref(),
        like.bundleId(),
        EventCode.ACKNOWLEDGEMENT.code(),
        like.receiver(),
        Optional.empty(),
        like.receivedAt(),
        like.sha256(),
        like.contentDigest(),
        like.mediaType(),
        like.status(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  private Commit commit(Change.Write... writes) {
    return records().commit(new Change(List.of(writes)));
  }
}
