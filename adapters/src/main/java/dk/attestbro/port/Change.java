package dk.attestbro.port;

import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseFact;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DischargeFact;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Notice;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Transmission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

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

  /** Stores what its sender signed, in place of what was signed before. */
  public record PutSignature(LetterRef letter, SealedContent signature) implements Write {}

  /**
   * Deletes what is sealed of a letter: its content, what its sender signed, and the texts of its
   * acknowledgement. Its row, codes and digests stay. Where nothing is held, nothing changes.
   */
  public record DropContent(LetterRef letter) implements Write {}

  public record AddRow(OutboxRow row) implements Write {}

  public record UpdateRow(OutboxRow row) implements Write {}

  /** Takes the row away, expecting its version. */
  public record RemoveRow(OutboxRow row) implements Write {}

  /**
   * Opens a case. Of cases by the same requester, with the same responder, about the same citizen
   * and form, a second of one number is never added: so of two like requests in one moment that
   * each take the number after {@link Records#latestRequestNumber}, the later one is judged again.
   */
  public record AddCase(CertificateCase certificateCase, OptionalInt requestNumber)
      implements Write {}

  public record UpdateCase(CertificateCase certificateCase) implements Write {}

  /**
   * Says that nothing sealed is held of the case any more, expecting its version and raising it.
   */
  public record EmptyCase(CertificateCase certificateCase) implements Write {}

  /**
   * Puts a letter in a party's inbox under the next sequence number; again for one there changes
   * nothing.
   */
  public record AddInboxItem(PartyId receiver, LetterRef letter, Instant at) implements Write {}

  /** Takes a letter out of a party's inbox; one that is not there changes nothing. */
  public record TakeInboxItem(PartyId receiver, LetterRef letter) implements Write {}

  public record AddTransmission(Transmission transmission) implements Write {}

  public record AddEvidence(Evidence evidence) implements Write {}

  /**
   * The figures of a case from their time on; those before end there. The same figures again change
   * nothing.
   */
  public record PutCaseFact(CaseFact fact) implements Write {}

  /** The figures of a notice of discharge, as those of a case. */
  public record PutDischargeFact(DischargeFact fact) implements Write {}

  public record SetPaused(PartyId party, boolean paused) implements Write {}

  /** Keeps a mail for a person to sort; STALE where one with its digest is kept already. */
  public record KeepMail(UnsortedMail mail) implements Write {}

  /** A person has sorted it; STALE where it is closed already. */
  public record CloseMail(UUID id, Instant at) implements Write {}

  /** Says that its content is not held any more; STALE where that was said already. */
  public record EmptyMail(UUID id) implements Write {}

  /** Asks for break-glass access; its sealed reason is put beside it, at its own place. */
  public record AskBreakGlass(BreakGlassRequest request) implements Write {}

  /** A second person allows it; STALE where it does not wait any more. */
  public record GrantBreakGlass(UUID id, BreakGlassRequest.Grant grant) implements Write {}

  /** It is over, and its row goes; STALE where it was granted meanwhile or is gone. */
  public record EndBreakGlass(BreakGlassRequest request) implements Write {}

  /**
   * Has someone told, {@code count} times at once where it came so often; a topic that is told once
   * and was added before changes nothing.
   */
  public record AddNotice(Notice notice, int count) implements Write {
    public AddNotice(Notice notice) {
      this(notice, 1);
    }
  }

  /** When what this change says of the letter in its evidence happened; the last time. */
  public Optional<Instant> toldAt(LetterRef letter) {
    return writes.stream()
        .filter(AddEvidence.class::isInstance)
        .map(write -> ((AddEvidence) write).evidence())
        .filter(evidence -> evidence.letter().filter(letter::equals).isPresent())
        .map(Evidence::at)
        .max(Instant::compareTo);
  }

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
