package dk.attestbro.port;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Transmission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that one decision writes, to be committed as one: all of it or nothing. */
public record Change(List<Write> writes) {
  public Change {
    writes = List.copyOf(writes);
  }

  /** One row to write. Updates expect the version that was read and raise it by one. */
  public sealed interface Write {}

  public record AddLetter(Letter letter) implements Write {}

  public record UpdateLetter(Letter letter) implements Write {}

  /** Reserves a Bundle.id for a sender; unique per (sender, Bundle.id). */
  public record AddEnvelope(PartyId sender, BundleId bundleId, LetterRef letter) implements Write {}

  /** Stores the content to send, in place of an earlier envelope's. */
  public record PutContent(LetterRef letter, SealedContent content) implements Write {}

  public record AddRow(OutboxRow row) implements Write {}

  public record UpdateRow(OutboxRow row) implements Write {}

  /** Takes the row away, expecting its version. */
  public record RemoveRow(OutboxRow row) implements Write {}

  public record AddCase(CertificateCase certificateCase) implements Write {}

  public record UpdateCase(CertificateCase certificateCase) implements Write {}

  /**
   * Puts a letter in a party's inbox under the next sequence number; again for one there changes
   * nothing.
   */
  public record AddInboxItem(PartyId receiver, LetterRef letter, Instant at) implements Write {}

  /** Takes a letter out of a party's inbox; one that is not there changes nothing. */
  public record TakeInboxItem(PartyId receiver, LetterRef letter) implements Write {}

  public record AddTransmission(Transmission transmission) implements Write {}

  public record AddEvidence(Evidence evidence) implements Write {}

  public record SetPaused(PartyId party, boolean paused) implements Write {}

  /** Collects the writes of one decision, in order. */
  public static final class Builder {
    private final List<Write> writes = new ArrayList<>();

    public Builder add(Write write) {
      writes.add(write);
      return this;
    }

    public Builder addAll(Change other) {
      writes.addAll(other.writes());
      return this;
    }

    public Change build() {
      return new Change(writes);
    }
  }
}
