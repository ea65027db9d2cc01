package dk.attestbro.port;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.PartyId;
import java.time.Instant;
import java.util.List;

/**
 * What operations look at: any letter and any case, and how many there are of what. Reads only;
 * ids, parties, codes and times, never content.
 */
public interface OperationsRecords {
  /** The letters that are wanted, in the order that is wanted. */
  List<LetterLine> letters(LetterQuery query);

  /** The cases that are wanted, in the order that is wanted. */
  List<CertificateCase> cases(CaseSearch search);

  /** How many letters are where now. */
  LetterStates states(Instant now);

  /** How many letters were recorded from one time on and before another; no Acknowledgements. */
  long received(Instant from, Instant to);

  /** What was delivered to each party since then, and how often that failed; in their order. */
  List<QueueTraffic> traffic(Instant since);

  /** So many bytes of disk the records take; 0 where they take none. */
  long size();

  /**
   * Letters on their way or given up. Each is counted once.
   *
   * @param recorded held, and not yet handed to the queue for the first time
   * @param queued in the queue, or waiting for a further attempt
   * @param inFlight being delivered
   * @param awaitingAcknowledgement with their receivers, which owe an acknowledgement
   * @param dead given up, for a person to look at
   */
  record LetterStates(
      long recorded, long queued, long inFlight, long awaitingAcknowledgement, long dead) {}

  /** Attempts to deliver to a party: those that succeeded, and those that failed. */
  record QueueTraffic(PartyId party, long delivered, long failed) {}
}
