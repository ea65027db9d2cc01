package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Evidence;
import dk.attestbro.model.Notice;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.TimelineCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How every kind of {@link Notices} tells each notice once. Empty records before each test. */
public abstract class NoticesContract {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Recipient MAIL = new Recipient.Mail("attest@example.dk");

  protected abstract Records records();

  protected abstract Notices notices();

  @Test
  void givesWhatWasCommittedToOneOnly() {
    Notice notice = once("case:1", MAIL);
    add(notice, NOW);

    DueNotice due = claim(NOW).orElseThrow();

    assertThat(due.notice()).isEqualTo(notice);
    assertThat(due.count()).isEqualTo(1);
    assertThat(due.attempts()).isEqualTo(1);
    assertThat(claim(NOW)).isEmpty();
  }

  @Test
  void holdsWebhooksAsTheyWereGiven() {
    Recipient webhook = new Recipient.Webhook(URI.create("https://a.example/in?x=1"), "/s/file");
    Notice notice = once("case:1", webhook);
    add(notice, NOW);

    assertThat(claim(NOW).orElseThrow().notice()).isEqualTo(notice);
  }

  @Test
  void writesNothingOfAChangeThatIsNotWritten() {
    UUID mail = UUID.randomUUID();
    Change stale =
        new Change(
            List.of(new Change.AddNotice(once("case:1", MAIL)), new Change.CloseMail(mail, NOW)));

    assertThat(records().commit(stale)).isEqualTo(Commit.STALE);

    assertThat(claim(NOW)).isEmpty();
  }

  @Test
  void tellsATopicWithoutATimeBetweenOnce() {
    Notice notice = once("case:1", MAIL);
    add(notice, NOW);
    add(notice, NOW);
    DueNotice due = claim(NOW).orElseThrow();
    assertThat(due.count()).isEqualTo(1);
    assertThat(notices().end(due, NOW)).isTrue();

    add(notice, NOW.plusSeconds(60));

    assertThat(claim(NOW.plus(Duration.ofDays(1)))).isEmpty();
  }

  @Test
  void tellsEachTopicAndEachRecipient() {
    add(once("case:1", MAIL), NOW);
    add(once("case:2", MAIL), NOW);
    add(once("case:1", new Recipient.Mail("other@example.dk")), NOW);

    assertThat(claimed(NOW)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void countsWhatComesWithinTheTimeBetweenAndTellsItWithTheNext() {
    add(repeated(NOW), NOW);
    DueNotice first = claim(NOW).orElseThrow();
    notices().end(first, NOW);
    add(repeated(NOW.plusSeconds(60)), NOW);
    records().commit(new Change(List.of(new Change.AddNotice(repeated(NOW.plusSeconds(120)), 5))));

    assertThat(claim(NOW.plus(QUARTER).minusSeconds(1))).isEmpty();
    DueNotice next = claim(NOW.plus(QUARTER)).orElseThrow();

    assertThat(next.count()).isEqualTo(6);
    assertThat(next.since()).isEqualTo(NOW.plusSeconds(60));
    assertThat(next.notice().at()).isEqualTo(NOW.plusSeconds(120));
    assertThat(next.id()).isNotEqualTo(first.id()).startsWith(first.notice().id().toString());
  }

  @Test
  void tellsAtOnceWhatComesAfterTheTimeBetween() {
    add(repeated(NOW), NOW);
    notices().end(claim(NOW).orElseThrow(), NOW);
    Instant later = NOW.plus(QUARTER).plusSeconds(1);
    add(repeated(later), later);

    assertThat(claim(later).orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void tellsWhatComesWhileOneIsUnderWayAfterTheTimeBetween() {
    add(repeated(NOW), NOW);
    DueNotice underWay = claim(NOW).orElseThrow();
    add(repeated(NOW.plusSeconds(1)), NOW);

    notices().end(underWay, NOW.plusSeconds(2));

    assertThat(claim(NOW.plusSeconds(3))).isEmpty();
    assertThat(claim(NOW.plusSeconds(2).plus(QUARTER)).orElseThrow().count()).isEqualTo(1);
  }

  @Test
  void isTheSameNoticeInEveryAttempt() {
    add(repeated(NOW), NOW);
    DueNotice first = claim(NOW).orElseThrow();
    assertThat(notices().again(first, NOW.plusSeconds(60))).isTrue();
    add(repeated(NOW.plusSeconds(30)), NOW);

    assertThat(claim(NOW.plusSeconds(59))).isEmpty();
    DueNotice second = claim(NOW.plusSeconds(60)).orElseThrow();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.count()).isEqualTo(1);
    assertThat(second.attempts()).isEqualTo(2);
  }

  @Test
  void isDueAgainWhereWhoeverClaimedItIsGone() {
    add(once("case:1", MAIL), NOW);
    DueNotice lost = claim(NOW).orElseThrow();

    DueNotice again = claim(NOW.plus(LEASE)).orElseThrow();

    assertThat(again.id()).isEqualTo(lost.id());
    assertThat(notices().end(lost, NOW.plus(LEASE))).isFalse();
    assertThat(notices().again(lost, NOW)).isFalse();
    assertThat(notices().end(again, NOW.plus(LEASE))).isTrue();
  }

  @Test
  void isClaimedOnceByManyAtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      add(once("case:" + i, MAIL), NOW);
    }
    List<List<String>> claimed = Together.run(4, 4, node -> claimed(NOW));

    assertThat(claimed.stream().flatMap(List::stream)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void forgetsWhatWasToldLongAgo() {
    add(once("case:1", MAIL), NOW);
    add(once("case:2", MAIL), NOW);
    notices().end(claim(NOW).orElseThrow(), NOW);

    assertThat(notices().deleteToldBefore(NOW)).isZero();
    assertThat(notices().deleteToldBefore(NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(claim(NOW)).isPresent();
  }

  private List<String> claimed(Instant now) {
    List<String> ids = new ArrayList<>();
    for (Optional<DueNotice> due = claim(now); due.isPresent(); due = claim(now)) {
      ids.add(due.get().id());
    }
    return ids;
  }

  private Optional<DueNotice> claim(Instant now) {
    return notices().claim(now, now.plus(LEASE));
  }

  private void add(Notice notice, Instant at) {
    Evidence evidence =
        new Evidence("case:1", at, TimelineCode.ESCALATED, Optional.empty(), "REPLIED");
    Change change =
        new Change(List.of(new Change.AddEvidence(evidence), new Change.AddNotice(notice)));
    assertThat(records().commit(change)).isEqualTo(Commit.DONE);
  }

  private static Notice once(String topic, Recipient recipient) {
    return new Notice(
        Notice.Kind.ESCALATION,
        topic,
        recipient,
        TimelineCode.ESCALATED.name(),
        Map.of("due", "2026-12-01", "case", "1=2"),
        NOW,
        Optional.empty());
  }

  private static Notice repeated(Instant at) {
    return new Notice(
        Notice.Kind.INBOX_NEWS,
        "employment-aarhus",
        MAIL,
        TimelineCode.PUT_IN_INBOX.name(),
        Map.of(),
        at,
        Optional.of(QUARTER));
  }
}
