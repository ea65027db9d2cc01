package dk.attestbro.gateway.operations;

import dk.attestbro.gateway.operations.LetterWay.Entry;
import dk.attestbro.gateway.operations.LetterWay.Fault;
import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.DeliveryFault;
import dk.attestbro.model.Directory;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterOutlook;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Party;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.Records;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells the way of a letter from its records: never from its content, which stays sealed. The texts
 * are those of the refusal table, the timeline and the channels' codes.
 */
public final class ExplainLetter {
  /** So many readings of contents are looked through, oldest first. */
  private static final int READINGS = 1000;

  private final Records records;
  private final Outbox outbox;
  private final DirectorySource directory;
  private final AccessLog accesses;

  public ExplainLetter(
      Records records, Outbox outbox, DirectorySource directory, AccessLog accesses) {
    this.records = records;
    this.outbox = outbox;
    this.directory = directory;
    this.accesses = accesses;
  }

  /** The way of this letter, as it stands now. */
  public LetterWay explain(Letter letter) {
    Optional<OutboxRow> row = records.row(letter.ref());
    return new LetterWay(
        letter,
        records.envelopesOf(letter.ref()),
        row,
        records.transmissions(letter.ref()),
        faults(letter, row),
        outlook(letter, row),
        letter.caseId().flatMap(records::certificateCase),
        timeline(letter));
  }

  private LetterOutlook outlook(Letter letter, Optional<OutboxRow> row) {
    Directory parties = directory.current();
    return LetterOutlook.of(
        letter,
        row,
        row.map(OutboxRow::receiver).or(letter::receiver).flatMap(parties::party),
        row.map(OutboxRow::receiver).filter(outbox.paused()::contains).isPresent(),
        parties.party(letter.ref().sender()).map(Party::resendsItself).orElse(false));
  }

  private static List<Fault> faults(Letter letter, Optional<OutboxRow> row) {
    Stream<Fault> ended = letter.problems().stream().flatMap(ExplainLetter::faults);
    Stream<Fault> waiting =
        row.flatMap(OutboxRow::lastReason).map(ExplainLetter::ofChannel).stream();
    return (row.isPresent() ? waiting : ended).distinct().toList();
  }

  private static Stream<Fault> faults(Problem problem) {
    RefusalReason reason = problem.reason();
    Fault fault = new Fault(reason.name(), problem.hint(), reason.text(), reason.whoActs());
    boolean byChannel =
        reason == RefusalReason.NEVER_DELIVERED || reason == RefusalReason.PERHAPS_DELIVERED;
    return byChannel && !problem.hint().isEmpty()
        ? Stream.of(fault, ofChannel(problem.hint()))
        : Stream.of(fault);
  }

  private static Fault ofChannel(String code) {
    DeliveryFault fault = DeliveryFault.of(code);
    return new Fault(code, "", fault.text(), fault.whoActs());
  }

  /** Everything that happened in a case, oldest first. */
  public List<Entry> timeline(CaseId id) {
    List<Entry> entries = new ArrayList<>();
    Map<LetterRef, String> events = events(records.lettersOf(id));
    records.evidence(id.chain()).forEach(link -> entries.add(entry(link, events)));
    entries.addAll(readings(id, events));
    entries.sort(Comparator.comparing(Entry::at));
    return entries;
  }

  private List<Entry> timeline(Letter letter) {
    return letter
        .caseId()
        .map(this::timeline)
        .orElseGet(
            () ->
                records.evidence(letter.chain()).stream()
                    .map(link -> entry(link, events(List.of(letter))))
                    .toList());
  }

  private static Map<LetterRef, String> events(List<Letter> letters) {
    return letters.stream().collect(Collectors.toMap(Letter::ref, Letter::event));
  }

  private static Entry entry(EvidenceLink link, Map<LetterRef, String> events) {
    return new Entry(
        link.entry().at(),
        link.entry().code().name(),
        link.entry().code().text(),
        link.entry().letter(),
        link.entry().letter().map(events::get),
        Optional.empty());
  }

  /** When the parties read what was written to them. */
  private List<Entry> readings(CaseId id, Map<LetterRef, String> events) {
    return accesses.ofCase(id, READINGS).stream()
        .filter(access -> access.act() == AccessAct.CONTENT_READ && !access.actor().operator())
        .map(access -> reading(access, events))
        .toList();
  }

  private static Entry reading(Access access, Map<LetterRef, String> events) {
    return new Entry(
        access.at(),
        access.act().name(),
        access.act().text(),
        access.letter(),
        access.letter().map(events::get),
        access.actor().parties().stream().findFirst());
  }
}
