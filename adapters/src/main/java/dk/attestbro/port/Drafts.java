package dk.attestbro.port;

import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The half-written letters that people at the counter keep. Each belongs to a party, whose people
 * share it; another party's look like none. What two people save in place of the same version, one
 * of them alone has saved.
 */
public interface Drafts {
  /**
   * Keeps a new one; false where its party has as many already.
   *
   * @param most so many drafts a party may have
   */
  boolean add(KeptDraft draft, SealedContent content, int most);

  /**
   * Keeps it in place of the version before; false where that was saved anew or is gone.
   *
   * @param draft with the version that it is to have
   */
  boolean replace(KeptDraft draft, SealedContent content);

  Optional<KeptDraft> find(PartyId party, UUID id);

  /** What was written in this version; empty where it was saved anew or is gone. */
  Optional<SealedContent> content(KeptDraft draft);

  /**
   * A party's, the last saved first.
   *
   * @param skipped so many are left out at the beginning
   * @param limit 1 to 500
   */
  List<KeptDraft> of(PartyId party, int skipped, int limit);

  /** How many a party has. */
  int count(PartyId party);

  /** Deletes it; false where this version was saved anew or is gone. */
  boolean delete(PartyId party, UUID id, int version);

  /** Deletes those that were last saved before; returns how many. */
  int deleteSavedBefore(Instant time);

  /** Whether any of them is sealed by this storage key. */
  boolean isKeyNeeded(int keyId);
}
