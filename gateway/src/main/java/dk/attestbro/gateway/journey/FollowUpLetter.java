package dk.attestbro.gateway.journey;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.DeliveryRules;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Acts when a wait is over: sends the letter again in a new envelope where the acknowledgement is
 * missing, or ends it and tells its sender.
 */
public final class FollowUpLetter {
  private static final int BATCH = 50;

  private final Outbox outbox;
  private final Records records;
  private final DirectorySource directory;
  private final ReplaceContent replaceContent;
  private final MessageWriter writer;
  private final OpenLetter openLetter;
  private final LetterWrites writes;
  private final Alarms alarms;
  private final Clock clock;

  public FollowUpLetter(
      Outbox outbox,
      Records records,
      DirectorySource directory,
      ContentSealing sealing,
      MessageWriter writer,
      OpenLetter openLetter,
      LetterWrites writes,
      Alarms alarms,
      Clock clock) {
    this.outbox = outbox;
    this.records = records;
    this.directory = directory;
    this.replaceContent = new ReplaceContent(openLetter, sealing);
    this.writer = writer;
    this.openLetter = openLetter;
    this.writes = writes;
    this.alarms = alarms;
    this.clock = clock;
  }

  /**
   * Acts on the rows whose wait is over now, one batch at most; returns how many there were. One
   * that cannot be followed up holds up no other: what went wrong with it is thrown at the end.
   */
  public int due() {
    List<OutboxRow> rows = outbox.ended(clock.instant(), BATCH);
    List<RuntimeException> failures = new ArrayList<>();
    for (OutboxRow row : rows) {
      try {
        follow(row);
      } catch (RuntimeException failed) {
        failures.add(failed);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return rows.size();
  }

  private void follow(OutboxRow row) {
    Instant now = clock.instant();
    Letter letter = records.letter(row.letter()).orElseThrow();
    Optional<Endpoint> endpoint =
        directory.current().party(row.receiver()).flatMap(party -> party.endpointOf(row));
    boolean resendsItself =
        directory.current().party(row.letter().sender()).map(Party::resendsItself).orElse(false);
    DeliveryRules.Next next =
        endpoint.isPresent()
            ? DeliveryRules.whenEnded(row, endpoint.get(), resendsItself, now)
            : DeliveryRules.withoutEndpoint(row);
    if (next instanceof DeliveryRules.Resend resend) {
      records.commit(inNewEnvelope(letter, row, resend.resends(), now));
    } else if (next instanceof DeliveryRules.GoOn goOn) {
      records.commit(new Change(List.of(new Change.UpdateRow(goOn.row()))));
    } else if (next instanceof DeliveryRules.GiveUp end) {
      Change.Builder change = new Change.Builder();
      writes.giveUp(change, letter, row, end.reasons(), now);
      if (records.commit(change.build()) == Commit.DONE) {
        alarms.raise(TimelineCode.DEAD, letter.ref().toString(), end.codes());
      }
    }
  }

  private Change inNewEnvelope(Letter letter, OutboxRow row, int resends, Instant now) {
    BundleId bundle = BundleId.random();
    Payload again = writer.inNewEnvelope(openLetter.open(letter.ref()).orElseThrow(), bundle, now);
    Change.Builder change = new Change.Builder();
    change.add(new Change.AddEnvelope(letter.ref().sender(), bundle, letter.ref()));
    replaceContent.unsigned(change, letter.ref(), again);
    change.add(new Change.UpdateRow(row.inEnvelope(bundle, resends, now)));
    change.add(
        LetterWrites.note(
            letter,
            now,
            TimelineCode.RESENT,
            Evidence.withContent(bundle.value(), again.sha256())));
    return change.build();
  }
}
