package dk.attestbro.gateway.journey;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Drafts;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.SealedContent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps half-written letters, sealed by the storage keys like contents. Nothing that was written is
 * lost in silence: where two people save the same draft, the second one's is kept beside the
 * first's, and the second is told.
 */
public final class KeepDrafts {
  private final Drafts drafts;
  private final ContentSealing sealing;
  private final Limits limits;
  private final Clock clock;

  public KeepDrafts(Drafts drafts, ContentSealing sealing, Limits limits, Clock clock) {
    this.drafts = drafts;
    this.sealing = sealing;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * How much is kept.
   *
   * @param perParty drafts of one party
   * @param largest draft in bytes, its documents among them
   */
  public record Limits(int perParty, long largest) {}

  /** A draft as someone has it before the eyes. */
  public record Version(UUID id, int number) {
    public static Version of(KeptDraft draft) {
      return new Version(draft.id(), draft.version());
    }
  }

  /**
   * What became of it.
   *
   * @param beside whether it had to be kept as a draft of its own, because the one that it was made
   *     from was saved by another or is gone
   */
  public record Saved(KeptDraft draft, boolean beside) {}

  /** A draft with what was written. */
  public record Opened(KeptDraft draft, DraftContent content) {}

  /**
   * Keeps what was written.
   *
   * @param from the version that the writer began with; empty for a new draft
   * @param staff the opaque id of the writer
   * @throws MessageRefused DRAFTS_FULL or TOO_LARGE
   */
  public Saved save(
      Optional<Version> from, KeptDraft.Subject subject, String staff, DraftContent content) {
    Payload payload = new Payload(content.bytes(), MediaType.FHIR_JSON);
    if (payload.size() > limits.largest()) {
      throw new MessageRefused(RefusalReason.TOO_LARGE);
    }
    Instant now = clock.instant();
    Optional<KeptDraft> next =
        from.flatMap(version -> find(subject.party(), version))
            .map(draft -> draft.next(subject, staff, now))
            .filter(draft -> drafts.replace(draft, sealed(draft, payload)));
    if (next.isPresent()) {
      return new Saved(next.get(), false);
    }
    KeptDraft made = KeptDraft.made(subject, staff, now);
    if (!drafts.add(made, sealed(made, payload), limits.perParty())) {
      throw new MessageRefused(RefusalReason.DRAFTS_FULL);
    }
    return new Saved(made, from.isPresent());
  }

  private SealedContent sealed(KeptDraft draft, Payload payload) {
    return sealing.seal(draft.place(), payload);
  }

  /**
   * A party's draft as it is now.
   *
   * @throws MessageRefused NOT_FOUND
   */
  public KeptDraft find(PartyId party, UUID id) {
    return drafts.find(party, id).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }

  /** A party's draft as it is now, if there is one. */
  public Optional<KeptDraft> known(PartyId party, UUID id) {
    return drafts.find(party, id);
  }

  /** The draft, if this version is still the one that is kept. */
  public Optional<KeptDraft> find(PartyId party, Version version) {
    return drafts.find(party, version.id()).filter(draft -> draft.version() == version.number());
  }

  /**
   * What was written.
   *
   * @throws MessageRefused NOT_FOUND where it was saved anew or deleted meanwhile
   */
  public Opened open(KeptDraft draft) {
    return drafts
        .content(draft)
        .map(content -> sealing.open(draft.place(), content))
        .map(payload -> new Opened(draft, DraftContent.read(payload.bytes())))
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }

  /** A party's drafts, the last saved first. */
  public List<KeptDraft> of(PartyId party, int skipped, int limit) {
    return drafts.of(party, skipped, limit);
  }

  public int count(PartyId party) {
    return drafts.count(party);
  }

  /** Deletes this version; false where it was saved anew or is gone. */
  public boolean delete(PartyId party, Version version) {
    return drafts.delete(party, version.id(), version.number());
  }
}
