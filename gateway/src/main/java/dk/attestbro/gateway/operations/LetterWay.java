package dk.attestbro.gateway.operations;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterOutlook;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Text;
import dk.attestbro.model.Transmission;
import dk.attestbro.model.WhoActs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole way of a letter, explained: where it went, what went wrong and why, what happens next,
 * and the timeline of its case. Ids, parties, codes and times, and the texts that explain codes.
 *
 * @param bundles the Bundle.ids recorded for it, oldest first
 * @param row what it waits for, where it does
 * @param faults what is wrong now, the first to act on first
 * @param known its case, as far as it is one's
 */
public record LetterWay(
    Letter letter,
    List<BundleId> bundles,
    Optional<OutboxRow> row,
    List<Transmission> transmissions,
    List<Fault> faults,
    LetterOutlook outlook,
    Optional<CertificateCase> known,
    List<Entry> timeline) {

  /** A code with its cause and who must act. */
  public record Fault(String code, String detail, Text text, WhoActs whoActs) {}

  /**
   * Something that happened in the case, or to the letter where it has none.
   *
   * @param letter the letter that it happened to
   * @param event what that letter is
   * @param by who read a content
   */
  public record Entry(
      Instant at,
      String code,
      Text text,
      Optional<LetterRef> letter,
      Optional<String> event,
      Optional<PartyId> by) {}
}
