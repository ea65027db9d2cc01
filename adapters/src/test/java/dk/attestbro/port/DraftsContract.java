package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How every kind of {@link Drafts} keeps them. Empty before each test. */
public abstract class DraftsContract {
  private static final int KEY = -77;
  private static final int MOST = 3;

  protected abstract Drafts drafts();

  @Test
  void keepsADraftWithWhatWasWritten() {
    KeptDraft request = kept(draft(AARHUS, Optional.empty()));
    KeptDraft reply = kept(draft(MIDT, Optional.of(CaseId.random())));

    assertThat(drafts().find(AARHUS, request.id())).contains(request);
    assertThat(drafts().find(MIDT, reply.id())).contains(reply);
    SealedContent content = drafts().content(request).orElseThrow();
    assertThat(content.bytes()).isEqualTo(sealed(1).bytes());
    assertThat(content.mediaType()).isEqualTo(MediaType.FHIR_JSON);
  }

  @Test
  void showsADraftToItsOwnPartyOnly() {
    KeptDraft draft = kept(draft(AARHUS, Optional.empty()));

    assertThat(drafts().find(MIDT, draft.id())).isEmpty();
    assertThat(drafts().of(MIDT, 0, 10)).isEmpty();
    assertThat(drafts().delete(MIDT, draft.id(), 1)).isFalse();
    assertThat(drafts().of(AARHUS, 0, 10)).containsExactly(draft);
  }

  @Test
  void listsTheLastSavedFirst() {
    KeptDraft first = kept(draft(AARHUS, Optional.empty()));
    KeptDraft second = kept(KeptDraft.made(first.subject(), "bo", NOW.plusSeconds(1)));
    assertThat(drafts().of(AARHUS, 0, 10)).containsExactly(second, first);
    KeptDraft again = first.next(first.subject(), "bo", NOW.plusSeconds(2));

    assertThat(drafts().replace(again, sealed(2))).isTrue();

    assertThat(drafts().of(AARHUS, 0, 1)).containsExactly(again);
    assertThat(drafts().of(AARHUS, 1, 1)).containsExactly(second);
    assertThat(drafts().count(AARHUS)).isEqualTo(2);
  }

  @Test
  void takesOnlyOneOfTwoThatComeInPlaceOfTheSameVersion() {
    KeptDraft draft = kept(draft(AARHUS, Optional.empty()));
    KeptDraft bo = draft.next(draft.subject(), "bo", NOW.plusSeconds(1));
    KeptDraft eva = draft.next(draft.subject(), "eva", NOW.plusSeconds(2));

    assertThat(drafts().replace(bo, sealed(2))).isTrue();
    assertThat(drafts().replace(eva, sealed(3))).isFalse();

    assertThat(drafts().find(AARHUS, draft.id())).contains(bo);
    assertThat(drafts().content(bo).orElseThrow().bytes()).isEqualTo(sealed(2).bytes());
    assertThat(drafts().content(draft)).isEmpty();
    assertThat(drafts().delete(AARHUS, draft.id(), draft.version())).isFalse();
  }

  @Test
  void deletesADraftOnce() {
    KeptDraft draft = kept(draft(AARHUS, Optional.empty()));

    assertThat(drafts().delete(AARHUS, draft.id(), 1)).isTrue();

    assertThat(drafts().delete(AARHUS, draft.id(), 1)).isFalse();
    assertThat(drafts().content(draft)).isEmpty();
    assertThat(drafts().replace(draft.next(draft.subject(), "bo", NOW), sealed(2))).isFalse();
  }

  @Test
  void keepsNoMoreForAPartyThanItMayHave() {
    for (int i = 0; i < MOST; i++) {
      kept(draft(AARHUS, Optional.empty()));
    }
    assertThat(drafts().add(draft(AARHUS, Optional.empty()), sealed(1), MOST)).isFalse();
    assertThat(drafts().add(draft(MIDT, Optional.empty()), sealed(1), MOST)).isTrue();
  }

  @Test
  void deletesThoseThatNobodyHasSavedSince() {
    KeptDraft old = kept(draft(AARHUS, Optional.empty()));
    KeptDraft again = kept(draft(AARHUS, Optional.empty()));
    KeptDraft saved = again.next(again.subject(), "bo", NOW.plusSeconds(2));
    drafts().replace(saved, sealed(2));

    assertThat(drafts().deleteSavedBefore(NOW)).isZero();
    assertThat(drafts().deleteSavedBefore(NOW.plusSeconds(1))).isEqualTo(1);

    assertThat(drafts().of(AARHUS, 0, 10)).containsExactly(saved).doesNotContain(old);
  }

  @Test
  void needsAStorageKeyAsLongAsADraftIsSealedByIt() {
    assertThat(drafts().isKeyNeeded(KEY)).isFalse();
    KeptDraft draft = kept(draft(AARHUS, Optional.empty()));

    assertThat(drafts().isKeyNeeded(KEY)).isTrue();
    assertThat(drafts().isKeyNeeded(KEY + 1)).isFalse();
    drafts().delete(AARHUS, draft.id(), 1);
    assertThat(drafts().isKeyNeeded(KEY)).isFalse();
  }

  private KeptDraft kept(KeptDraft draft) {
    assertThat(drafts().add(draft, sealed(1), MOST)).isTrue();
    return draft;
  }

  private static KeptDraft draft(PartyId party, Optional<CaseId> caseId) {
    return KeptDraft.made(
        new KeptDraft.Subject(
            party,
            caseId.isPresent() ? KeptDraft.Kind.REPLY : KeptDraft.Kind.REQUEST,
            "psyk125",
            caseId.map(id -> AARHUS),
            caseId),
        "anna",
        NOW);
  }

  private static SealedContent sealed(int what) {
    byte[] bytes =
        ByteBuffer.allocate(20).putInt(SealedContent.KEY_ID_AT, KEY).putInt(16, what).array();
    return new SealedContent(MediaType.FHIR_JSON, bytes);
  }
}
