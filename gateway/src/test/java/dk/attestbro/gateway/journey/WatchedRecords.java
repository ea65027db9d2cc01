package dk.attestbro.gateway.journey;

import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Digest;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.Records;
import dk.attestbro.port.SealedContent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The records in memory, with every commit remembered and, where a test asks for it, something else
 * in the place of the next ones.
 */
public final class WatchedRecords implements Records {
  private final MemoryRecords memory;
  private final Deque<Supplier<Optional<Commit>>> instead = new ArrayDeque<>();
  private final List<Change> commits = new ArrayList<>();

  WatchedRecords(MemoryRecords memory) {
    this.memory = memory;
  }

  /** The next commit that has no fate yet writes nothing and gives this. */
  void nextGives(Commit commit) {
    instead.add(() -> Optional.of(commit));
  }

  /** The next commit that has no fate yet fails like this. */
  public void nextThrows(RuntimeException failure) {
    instead.add(
        () -> {
          throw failure;
        });
  }

  /** Just before the next commit that has no fate yet, someone else does this. */
  void before(Runnable other) {
    instead.add(
        () -> {
          other.run();
          return Optional.empty();
        });
  }

  /** How many changes were written whole. */
  int written() {
    return commits.size();
  }

  /** The figures of discharges that were written, oldest first. */
  List<DischargeFact> dischargeFacts() {
    return commits.stream()
        .flatMap(change -> change.writes().stream())
        .flatMap(
            write ->
                write instanceof Change.PutDischargeFact put
                    ? Stream.of(put.fact())
                    : Stream.empty())
        .toList();
  }

  @Override
  public Commit commit(Change change) {
    Supplier<Optional<Commit>> fate = instead.poll();
    Optional<Commit> given = fate == null ? Optional.empty() : fate.get();
    if (given.isPresent()) {
      return given.get();
    }
    Commit done = memory.commit(change);
    if (done == Commit.DONE) {
      commits.add(change);
    }
    return done;
  }

  @Override
  public Optional<Letter> letter(LetterRef ref) {
    return memory.letter(ref);
  }

  @Override
  public Map<LetterRef, Letter> letters(Collection<LetterRef> refs) {
    return memory.letters(refs);
  }

  @Override
  public List<Letter> letters(LetterId id) {
    return memory.letters(id);
  }

  @Override
  public List<Letter> lettersOf(CaseId id) {
    return memory.lettersOf(id);
  }

  @Override
  public Known known(LetterRef ref, Optional<BundleId> bundleId) {
    return memory.known(ref, bundleId);
  }

  @Override
  public Optional<LetterRef> letterInEnvelope(PartyId sender, BundleId bundleId) {
    return memory.letterInEnvelope(sender, bundleId);
  }

  @Override
  public List<BundleId> envelopesOf(LetterRef ref) {
    return memory.envelopesOf(ref);
  }

  @Override
  public long contentSize(LetterRef ref) {
    return memory.contentSize(ref);
  }

  @Override
  public Optional<SealedContent> content(LetterRef ref) {
    return memory.content(ref);
  }

  @Override
  public Optional<SealedContent> signature(LetterRef ref) {
    return memory.signature(ref);
  }

  @Override
  public Optional<OutboxRow> row(LetterRef ref) {
    return memory.row(ref);
  }

  @Override
  public List<Transmission> transmissions(LetterRef ref) {
    return memory.transmissions(ref);
  }

  @Override
  public List<EvidenceLink> evidence(String chain) {
    return memory.evidence(chain);
  }

  @Override
  public Optional<CertificateCase> certificateCase(CaseId id) {
    return memory.certificateCase(id);
  }

  @Override
  public List<CertificateCase> cases(CaseQuery query) {
    return memory.cases(query);
  }

  @Override
  public List<CertificateCase> casesToFollowUp(
      LocalDate dueBy, LocalDate today, Optional<CaseId> after, int limit) {
    return memory.casesToFollowUp(dueBy, today, after, limit);
  }

  @Override
  public int latestRequestNumber(CaseOpening opening) {
    return memory.latestRequestNumber(opening);
  }

  @Override
  public Optional<CertificateCase> sameRequest(
      PartyId requester, PartyId responder, String form, Digest citizen, Instant since) {
    return memory.sameRequest(requester, responder, form, citizen, since);
  }
}
