package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How every kind of {@link BreakGlassRequests} keeps them. Empty records before each test. */
public abstract class BreakGlassContract {
  private static final int KEY = 0x0bad61a5;
  private static final Instant LAPSES = NOW.plus(Duration.ofHours(1));
  private static final BreakGlassRequest.Grant GRANT =
      new BreakGlassRequest.Grant("lene", NOW.plusSeconds(60), NOW.plusSeconds(960));

  protected abstract Records records();

  protected abstract BreakGlassRequests requests();

  protected abstract HeldContents held();

  @Test
  void keepsARequestWithItsSealedReason() {
    BreakGlassRequest request = asked("letter-1", "ditte", NOW);

    assertThat(requests().find(request.id())).contains(request);
    assertThat(requests().live(request.letter(), "ditte", NOW)).contains(request);
    assertThat(requests().live(request.letter(), "lene", NOW)).isEmpty();
    assertThat(requests().live(letter("letter-2"), "ditte", NOW)).isEmpty();
    assertThat(reason(request).orElseThrow().bytes()).isEqualTo(sealed().bytes());
    assertThat(held().isKeyNeeded(KEY)).isTrue();
  }

  @Test
  void listsWhatIsLiveTheFirstAskedFirstPageByPage() {
    BreakGlassRequest second = asked("letter-2", "ditte", NOW.plusSeconds(1));
    BreakGlassRequest first = asked("letter-1", "ditte", NOW);
    BreakGlassRequest third = asked("letter-1", "dan", NOW.plusSeconds(2));

    assertThat(requests().live(NOW, 0, 2)).containsExactly(first, second);
    assertThat(requests().live(NOW, 2, 2)).containsExactly(third);
    assertThat(requests().live(LAPSES, 0, 10)).containsExactly(second, third);
    assertThat(requests().over(LAPSES, 10)).containsExactly(first);
    assertThat(requests().over(LAPSES.plusSeconds(2), 2)).containsExactly(first, second);
  }

  @Test
  void isGrantedOnceAndThenLivesUntilTheGrantEnds() {
    BreakGlassRequest request = asked("letter-1", "ditte", NOW);

    assertThat(commit(new Change.GrantBreakGlass(request.id(), GRANT))).isEqualTo(Commit.DONE);
    assertThat(commit(new Change.GrantBreakGlass(request.id(), GRANT))).isEqualTo(Commit.STALE);

    assertThat(requests().find(request.id())).contains(request.granted(GRANT));
    assertThat(requests().live(GRANT.endsAt().minusSeconds(1), 0, 10)).hasSize(1);
    assertThat(requests().live(GRANT.endsAt(), 0, 10)).isEmpty();
    assertThat(requests().live(request.letter(), "ditte", GRANT.endsAt())).isEmpty();
    assertThat(requests().over(GRANT.endsAt(), 10)).containsExactly(request.granted(GRANT));
  }

  @Test
  void endsOnceAndItsReasonGoesWithIt() {
    BreakGlassRequest request = asked("letter-1", "ditte", NOW);
    Change.Write[] end = {
      new Change.EndBreakGlass(request),
      new Change.DropContent(BreakGlassRequests.reasonOf(request))
    };

    assertThat(commit(end)).isEqualTo(Commit.DONE);

    assertThat(commit(end)).isEqualTo(Commit.STALE);
    assertThat(requests().find(request.id())).isEmpty();
    assertThat(reason(request)).isEmpty();
    assertThat(held().isKeyNeeded(KEY)).isFalse();
    assertThat(commit(new Change.GrantBreakGlass(request.id(), GRANT))).isEqualTo(Commit.STALE);
  }

  @Test
  void whatWasGrantedMeanwhileIsNotEndedAsIfItWaited() {
    BreakGlassRequest request = asked("letter-1", "ditte", NOW);
    commit(new Change.GrantBreakGlass(request.id(), GRANT));

    assertThat(commit(new Change.EndBreakGlass(request))).isEqualTo(Commit.STALE);
    assertThat(commit(new Change.EndBreakGlass(request.granted(GRANT)))).isEqualTo(Commit.DONE);
  }

  private BreakGlassRequest asked(String letter, String by, Instant at) {
    BreakGlassRequest request =
        new BreakGlassRequest(
            UUID.randomUUID(),
            letter(letter),
            by,
            at,
            at.plus(Duration.ofHours(1)),
            Optional.empty());
    Commit commit =
        commit(
            new Change.AskBreakGlass(request),
            new Change.PutContent(BreakGlassRequests.reasonOf(request), sealed()));
    assertThat(commit).isEqualTo(Commit.DONE);
    return request;
  }

  private static LetterRef letter(String id) {
    return new LetterRef(AARHUS, new LetterId(id));
  }

  private Optional<SealedContent> reason(BreakGlassRequest request) {
    return records().content(BreakGlassRequests.reasonOf(request));
  }

  private Commit commit(Change.Write... writes) {
    return records().commit(new Change(List.of(writes)));
  }

  private static SealedContent sealed() {
    byte[] bytes = new byte[40];
    ByteBuffer.wrap(bytes).putInt(SealedContent.KEY_ID_AT, KEY);
    return new SealedContent(MediaType.MIME, bytes);
  }
}
