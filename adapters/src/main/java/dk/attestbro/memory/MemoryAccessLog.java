package dk.attestbro.memory;

import dk.attestbro.model.Access;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Digest;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The access log in memory. Thread-safe. */
public final class MemoryAccessLog implements AccessLog {
  private final Records records;
  private final List<Access> all = new ArrayList<>();

  /** With the records that tell whom a case is about. */
  public MemoryAccessLog(Records records) {
    this.records = records;
  }

  @Override
  public synchronized void note(Access access) {
    all.add(access);
  }

  @Override
  public synchronized List<Access> ofCase(CaseId id, int limit) {
    return found(access -> access.caseId().equals(Optional.of(id)), limit);
  }

  @Override
  public synchronized List<Access> ofCitizen(Digest citizen, int limit) {
    Set<CaseId> noted =
        all.stream()
            .filter(access -> access.citizen().equals(Optional.of(citizen)))
            .flatMap(access -> access.caseId().stream())
            .collect(Collectors.toSet());
    return found(
        access ->
            access.citizen().equals(Optional.of(citizen))
                || access.caseId().filter(noted::contains).isPresent()
                || access.caseId().flatMap(this::citizen).equals(Optional.of(citizen)),
        limit);
  }

  private Optional<Digest> citizen(CaseId id) {
    return records.certificateCase(id).map(CertificateCase::opening).flatMap(o -> o.citizen());
  }

  private List<Access> found(Predicate<Access> wanted, int limit) {
    return all.stream()
        .filter(wanted)
        .sorted(Comparator.comparing(Access::at))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int deleteBefore(Instant time) {
    int before = all.size();
    all.removeIf(access -> access.at().isBefore(time));
    return before - all.size();
  }
}
