package dk.attestbro.port;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Transmission;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The durable truth: one way to write it, and look-ups. What cannot be reached throws a {@link
 * RecordsUnavailable}; then nothing was promised.
 */
public interface Records {
  /** Writes all of the change, forced to disk, or nothing. */
  Commit commit(Change change);

  Optional<Letter> letter(LetterRef ref);

  /** Those of these letters that there are. */
  Map<LetterRef, Letter> letters(Collection<LetterRef> refs);

  /** Every sender's letter with this id. */
  List<Letter> letters(LetterId id);

  /** The letters of a case, oldest first. */
  List<Letter> lettersOf(CaseId id);

  /**
   * What is known of a message by its ids.
   *
   * @param letter by the letter's id
   * @param inEnvelope by the sender's Bundle.id; it may be another letter
   */
  record Known(Optional<Letter> letter, Optional<LetterRef> inEnvelope) {}

  /**
   * The letter and what its sender's Bundle.id was recorded for, at once.
   *
   * @param bundleId none where the message has none
   */
  Known known(LetterRef ref, Optional<BundleId> bundleId);

  /** The letter that this sender's Bundle.id was recorded for. */
  Optional<LetterRef> letterInEnvelope(PartyId sender, BundleId bundleId);

  /** The Bundle.ids recorded for a letter, oldest first. */
  List<BundleId> envelopesOf(LetterRef ref);

  Optional<SealedContent> content(LetterRef ref);

  /** How many bytes that content has, sealed; 0 where there is none. */
  long contentSize(LetterRef ref);

  /** What the letter's sender signed, where it came signed. */
  Optional<SealedContent> signature(LetterRef ref);

  Optional<OutboxRow> row(LetterRef ref);

  /** The attempts to deliver a letter, oldest first. */
  List<Transmission> transmissions(LetterRef ref);

  /** A chain of evidence, oldest first. */
  List<EvidenceLink> evidence(String chain);

  Optional<CertificateCase> certificateCase(CaseId id);

  /** The cases that are wanted, oldest opened first. */
  List<CertificateCase> cases(CaseQuery query);

  /**
   * The open cases that may have to be followed up: those whose deadline runs and whose last day is
   * this one or before, and those whose consent has lapsed before {@code today}. In the order of
   * their ids.
   *
   * @param after the case already seen last
   * @param limit 1 to 500
   */
  List<CertificateCase> casesToFollowUp(
      LocalDate dueBy, LocalDate today, Optional<CaseId> after, int limit);

  /**
   * The highest number of the cases that this requester has opened with this responder about this
   * citizen and form; 0 where none bears one.
   */
  int latestRequestNumber(CaseOpening opening);

  /**
   * The requester's latest opened case about this citizen, on this form, that this party owes or
   * owed the reply in and that is open or was replied to at {@code since} or later.
   */
  Optional<CertificateCase> sameRequest(
      PartyId requester, PartyId responder, String form, Digest citizen, Instant since);
}
