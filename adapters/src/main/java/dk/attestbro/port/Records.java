package dk.attestbro.port;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Transmission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable truth: one way to write it, and look-ups. What cannot be reached throws a {@link
 * RecordsUnavailable}; then nothing was promised.
 */
public interface Records {
  /** Writes all of the change, forced to disk, or nothing. */
  Commit commit(Change change);

  Optional<Letter> letter(LetterRef ref);

  /** Every sender's letter with this id. */
  List<Letter> letters(LetterId id);

  /** The letters of a case, oldest first. */
  List<Letter> lettersOf(CaseId id);

  /** The letter that this sender's Bundle.id was recorded for. */
  Optional<LetterRef> letterInEnvelope(PartyId sender, BundleId bundleId);

  /** The Bundle.ids recorded for a letter, oldest first. */
  List<BundleId> envelopesOf(LetterRef ref);

  Optional<SealedContent> content(LetterRef ref);

  Optional<OutboxRow> row(LetterRef ref);

  /** The attempts to deliver a letter, oldest first. */
  List<Transmission> transmissions(LetterRef ref);

  /** A chain of evidence, oldest first. */
  List<EvidenceLink> evidence(String chain);

  Optional<CertificateCase> certificateCase(CaseId id);

  /**
   * The cases of a party, newest opened last.
   *
   * @param after the openedAt and id of the last case already seen, as {@link CaseCursor}
   * @param limit 1 to 500
   */
  List<CertificateCase> cases(PartyId party, Optional<CaseCursor> after, int limit);

  /**
   * Dead letters, oldest first.
   *
   * @param after the letter already seen last
   * @param limit 1 to 500
   */
  List<Letter> deadLetters(Optional<LetterRef> after, int limit);

  /** Where a listing of cases goes on. */
  record CaseCursor(Instant openedAt, CaseId id) {}
}
