package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static dk.attestbro.port.RecordSamples.letter;
import static dk.attestbro.port.RecordSamples.open;
import static dk.attestbro.port.RecordSamples.ref;
import static dk.attestbro.port.RecordSamples.refusedBy;
import static dk.attestbro.port.RecordSamples.take;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Turn;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** How every kind of {@link HeldContents} finds what may go. Empty records before each test. */
public abstract class HeldContentsContract {
  private static final int KEY = 0x1b2c3d4e;
  private static final Instant LATER = NOW.plus(Duration.ofDays(5));
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(500));

  protected abstract Records records();

  protected abstract HeldContents held();

  @Test
  void deletesContentAndTheTextsOfAnAcknowledgementAndKeepsTheRest() {
    Letter letter = heldLetter(Optional.empty(), NOW);
    Letter refused = letter.with(LetterStatus.REFUSED_BY_RECEIVER, refusedBy(ref()));
    commit(new Change.UpdateLetter(refused));
    assertThat(held().isHeld(letter.ref())).isTrue();

    commit(new Change.UpdateLetter(refused.stored()), new Change.DropContent(letter.ref()));

    assertThat(held().isHeld(letter.ref())).isFalse();
    assertThat(records().content(letter.ref())).isEmpty();
    Letter kept = records().letter(letter.ref()).orElseThrow();
    assertThat(kept.receipt()).isEqualTo(letter.receipt());
    assertThat(kept.contentDigest()).isEqualTo(letter.contentDigest());
    assertThat(kept.acknowledgement().orElseThrow().issues())
        .containsExactly(
            new AcknowledgementIssue("MSG_NO_EXIST", ""),
            new AcknowledgementIssue("MSG_LOCAL_FAIL", ""));
  }

  @Test
  void deletesNothingWhereAnotherNodeWasQuicker() {
    Letter letter = heldLetter(Optional.empty(), NOW);
    commit(new Change.UpdateLetter(letter.with(LetterStatus.QUEUED)));

    assertThat(
            records()
                .commit(
                    new Change(
                        List.of(
                            new Change.UpdateLetter(letter),
                            new Change.DropContent(letter.ref())))))
        .isEqualTo(Commit.STALE);

    assertThat(held().isHeld(letter.ref())).isTrue();
    assertThat(records().content(letter.ref())).isPresent();
  }

  @Test
  void findsALetterWithoutACaseSinceItsEndAndForgetsThatOnceItIsUnderWayAgain() {
    Letter letter = heldLetter(Optional.empty(), NOW);
    heldLetter(Optional.empty(), NOW);
    ended(letter, LetterStatus.DEAD, NOW.plusSeconds(60));
    Letter dead = letter.with(LetterStatus.DEAD).stored();

    assertThat(found(NOW.plusSeconds(59), LONG_AGO)).isEmpty();
    assertThat(found(NOW.plusSeconds(60), LONG_AGO)).containsExactly(letter.ref());
    ended(dead, LetterStatus.CLOSED, LATER);
    assertThat(found(NOW.plusSeconds(60), LONG_AGO)).containsExactly(letter.ref());
    commit(new Change.UpdateLetter(dead.stored().with(LetterStatus.QUEUED)));
    assertThat(found(LATER, LONG_AGO)).isEmpty();
  }

  @Test
  void findsEveryLetterThatIsHeldTooLongAndNoneThatIsDeleted() {
    Letter old = heldLetter(Optional.empty(), LONG_AGO);
    Letter inCase = heldLetter(Optional.of(caseOf(LONG_AGO).id()), LONG_AGO);
    heldLetter(Optional.empty(), NOW);

    assertThat(found(LONG_AGO, LONG_AGO)).containsExactlyInAnyOrder(old.ref(), inCase.ref());
    assertThat(held().lettersToEmpty(LONG_AGO, LONG_AGO, Optional.of(first(old, inCase)), 10))
        .hasSize(1);
    commit(new Change.DropContent(old.ref()), new Change.DropContent(inCase.ref()));
    assertThat(found(LONG_AGO, LONG_AGO)).isEmpty();
  }

  @Test
  void leavesTheLettersOfACaseToTheCase() {
    LetterRef request = ref();
    CertificateCase opened = open(CaseId.random(), request, NOW);
    commit(
        new Change.AddLetter(letter(request, Optional.of(opened.id()), NOW, LetterStatus.RECORDED)),
        new Change.PutContent(request, sealed()),
        new Change.AddCase(opened, OptionalInt.of(1)));
    Letter later = heldLetter(Optional.of(opened.id()), NOW);
    Letter discharge = heldLetter(Optional.of(CaseId.random()), NOW);
    ended(records().letter(request).orElseThrow(), LetterStatus.ACKNOWLEDGED, NOW);
    ended(later, LetterStatus.ACKNOWLEDGED, NOW);
    ended(discharge, LetterStatus.ACKNOWLEDGED, NOW);

    assertThat(found(LATER, LONG_AGO)).containsExactly(discharge.ref());
    assertThat(held().heldOf(opened.id()))
        .extracting(Letter::ref)
        .containsExactlyInAnyOrder(request, later.ref());
  }

  @Test
  void findsACaseSinceItsEndUntilItIsEmptyAndAgainOnceSomethingIsHeld() {
    CertificateCase opened = caseOf(NOW);
    heldLetter(Optional.of(opened.id()), NOW);
    assertThat(held().casesToEmpty(LATER, LONG_AGO, Optional.empty(), 10)).isEmpty();
    CertificateCase cancelled = take(opened, Turn.Kind.CANCELLED, NOW.plusSeconds(60));
    commit(new Change.UpdateCase(cancelled));
    CertificateCase over = cancelled.stored();

    assertThat(held().casesToEmpty(NOW, LONG_AGO, Optional.empty(), 10)).isEmpty();
    assertThat(held().casesToEmpty(NOW.plusSeconds(60), LONG_AGO, Optional.empty(), 10))
        .containsExactly(over);
    held().heldOf(opened.id()).forEach(letter -> commit(new Change.DropContent(letter.ref())));
    commit(new Change.EmptyCase(over));
    assertThat(held().casesToEmpty(LATER, LATER, Optional.empty(), 10)).isEmpty();
    assertThat(records().commit(new Change(List.of(new Change.EmptyCase(over)))))
        .isEqualTo(Commit.STALE);

    heldLetter(Optional.of(opened.id()), LATER);

    assertThat(held().casesToEmpty(LATER, LONG_AGO, Optional.empty(), 10))
        .containsExactly(over.stored());
  }

  @Test
  void findsAnOpenCaseThatHasNotMovedForTheLongestTime() {
    CertificateCase opened = caseOf(LONG_AGO);
    heldLetter(Optional.of(opened.id()), LONG_AGO);

    assertThat(held().casesToEmpty(LONG_AGO, LONG_AGO, Optional.empty(), 10))
        .containsExactly(opened);
    assertThat(held().casesToEmpty(LONG_AGO, LONG_AGO, Optional.of(opened.id()), 10)).isEmpty();
    commit(new Change.UpdateCase(take(opened, Turn.Kind.REPLIED, NOW)));
    assertThat(held().casesToEmpty(LONG_AGO, LONG_AGO, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void needsAStorageKeyAsLongAsSomethingSealedByItIsHeld() {
    assertThat(held().isKeyNeeded(KEY)).isFalse();
    Letter letter = heldLetter(Optional.empty(), NOW);

    assertThat(held().isKeyNeeded(KEY)).isTrue();
    assertThat(held().isKeyNeeded(KEY + 1)).isFalse();
    commit(new Change.DropContent(letter.ref()));
    assertThat(held().isKeyNeeded(KEY)).isFalse();
    commit(new Change.PutSignature(letter.ref(), sealed()));
    assertThat(held().isKeyNeeded(KEY)).isTrue();
    commit(new Change.DropContent(letter.ref()));
    assertThat(held().isKeyNeeded(KEY)).isFalse();
  }

  private List<LetterRef> found(Instant endedBy, Instant receivedBy) {
    return held().lettersToEmpty(endedBy, receivedBy, Optional.empty(), 10).stream()
        .map(found -> found.letter().ref())
        .toList();
  }

  private static LetterRef first(Letter one, Letter other) {
    return one.ref().id().value().compareTo(other.ref().id().value()) < 0 ? one.ref() : other.ref();
  }

  private CertificateCase caseOf(Instant openedAt) {
    CertificateCase opened =
        open(
            CaseId.random(),
            new LetterRef(AARHUS, LetterId.random()),
            MIDT,
            openedAt,
            Optional.empty());
    commit(new Change.AddCase(opened, OptionalInt.of(1)));
    return opened;
  }

  private Letter heldLetter(Optional<CaseId> caseId, Instant at) {
    Letter letter = letter(ref(), caseId, at, LetterStatus.RECORDED);
    commit(new Change.AddLetter(letter), new Change.PutContent(letter.ref(), sealed()));
    return letter;
  }

  private void ended(Letter letter, LetterStatus status, Instant at) {
    commit(
        new Change.UpdateLetter(letter.with(status)),
        new Change.AddEvidence(Evidence.of(letter, at, TimelineCode.DEAD, "")));
  }

  private static SealedContent sealed() {
    byte[] bytes = ByteBuffer.allocate(64).putInt(SealedContent.KEY_ID_AT, KEY).array();
    return new SealedContent(MediaType.FHIR_JSON, bytes);
  }

  private void commit(Change.Write... writes) {
    assertThat(records().commit(new Change(List.of(writes)))).isEqualTo(Commit.DONE);
  }
}
