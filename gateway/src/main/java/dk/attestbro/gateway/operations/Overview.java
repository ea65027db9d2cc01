package dk.attestbro.gateway.operations;

import dk.attestbro.port.OperationsRecords.LetterStates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How everything stands at one moment, for those who operate it: counts, parties, codes and times.
 *
 * @param received letters recorded today, and by this time of a usual day
 * @param latePercent of all replies due today, how many in a hundred are late or overdue; empty
 *     where too few are due to be told
 * @param ending certificates that end within 30 days, the first to end first
 * @param toBeSorted mails that wait for a person
 * @param needs what a person must look at, the most urgent first
 */
public record Overview(
    Instant at,
    LetterStates letters,
    List<QueueLine> queues,
    Usual received,
    Usual latePercent,
    Surroundings surroundings,
    long databaseBytes,
    List<CertificateEnd> ending,
    long toBeSorted,
    List<Need> needs) {

  /** A figure of today beside the median of the same weekday of the last four weeks. */
  public record Usual(Optional<Long> today, Optional<Long> usual) {}

  /** How many letters wait for operations because they are dead. */
  public long dead() {
    return letters.dead();
  }
}
