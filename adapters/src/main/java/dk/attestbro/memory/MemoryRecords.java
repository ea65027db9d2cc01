package dk.attestbro.memory;

import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RetentionRules;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.CaseLists;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.EvidenceCheckpoints;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.Notices;
import dk.attestbro.port.Order;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.QueueFigures;
import dk.attestbro.port.Records;
import dk.attestbro.port.SealedContent;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.StatisticsQuery;
import dk.attestbro.port.UnsortedMail;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The records, the outbox, the inbox, the sorting desk, the requests for break-glass access and the
 * facts in memory, as simple as they can be. Thread-safe.
 */
public final class MemoryRecords
    implements CaseLists,
        Records,
        Outbox,
        Inbox,
        Statistics,
        HeldContents,
        EvidenceCheckpoints,
        SortingDesk,
        BreakGlassRequests {
  private static final Comparator<Letter> BY_TIME =
      Comparator.comparing(Letter::receivedAt)
          .thenComparing(letter -> letter.ref().id().value())
          .thenComparing(letter -> letter.ref().sender());
  private static final Comparator<LetterRef> BY_REF =
      Comparator.<LetterRef, String>comparing(ref -> ref.id().value())
          .thenComparing(LetterRef::sender);
  private static final Comparator<CertificateCase> BY_OPENING =
      Comparator.comparing(CertificateCase::openedAt)
          .thenComparing(opened -> opened.id().toString());

  private final Map<LetterRef, Letter> letters = new HashMap<>();
  private final Map<EnvelopeKey, LetterRef> envelopes = new LinkedHashMap<>();
  private final Map<LetterRef, SealedContent> contents = new HashMap<>();
  private final Map<LetterRef, SealedContent> signatures = new HashMap<>();
  private final Map<LetterRef, Instant> ends = new HashMap<>();
  private final Map<LetterRef, OutboxRow> rows = new HashMap<>();
  private final Map<CaseId, CertificateCase> cases = new HashMap<>();
  private final Map<CaseId, Integer> requestNumbers = new HashMap<>();
  private final Map<PartyId, Long> sequences = new HashMap<>();
  private final Map<InboxKey, Long> inbox = new HashMap<>();
  private final List<Transmission> transmissions = new ArrayList<>();
  private final Map<String, List<EvidenceLink>> chains = new HashMap<>();
  private final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
  private final MemoryDesk desk = new MemoryDesk();
  private final MemoryBreakGlass breakGlass = new MemoryBreakGlass();
  private final MemoryNotices notices = new MemoryNotices();
  private final MemoryFacts facts = new MemoryFacts();
  private final Set<PartyId> pausedParties = new HashSet<>();

  private record EnvelopeKey(PartyId sender, BundleId bundleId) {}

  private record InboxKey(PartyId receiver, LetterRef letter) {}

  @Override
  public synchronized Commit commit(Change change) {
    Deque<Runnable> undo = new ArrayDeque<>();
    for (Change.Write write : inOrder(change)) {
      Commit result = write(write, change, undo);
      if (result != Commit.DONE) {
        undo.forEach(Runnable::run);
        return result;
      }
    }
    return Commit.DONE;
  }

  /** The notices that were committed. */
  public Notices notices() {
    return notices;
  }

  /** Letters before envelopes before the rest, so that the first refusal is the telling one. */
  private static List<Change.Write> inOrder(Change change) {
    return change.writes().stream().sorted(Comparator.comparing(MemoryRecords::place)).toList();
  }

  private static int place(Change.Write write) {
    if (write instanceof Change.AddLetter || write instanceof Change.UpdateLetter) {
      return 0;
    }
    return write instanceof Change.AddEnvelope ? 1 : 2;
  }

  private Commit write(Change.Write write, Change change, Deque<Runnable> undo) {
    if (write instanceof Change.AddLetter add) {
      noteEnd(add.letter(), change, undo);
      return added(letters, add.letter().ref(), add.letter(), undo)
          ? Commit.DONE
          : Commit.LETTER_EXISTS;
    } else if (write instanceof Change.UpdateLetter update) {
      Letter letter = update.letter();
      noteEnd(letter, change, undo);
      return replaced(
          letters,
          letter.ref(),
          stored -> stored.version() == letter.version(),
          letter.stored(),
          undo);
    } else if (write instanceof Change.AddEnvelope add) {
      return added(envelopes, new EnvelopeKey(add.sender(), add.bundleId()), add.letter(), undo)
          ? Commit.DONE
          : Commit.BUNDLE_EXISTS;
    } else if (write instanceof Change.PutContent put) {
      put(contents, put.letter(), put.content(), undo);
      return Commit.DONE;
    } else if (write instanceof Change.PutSignature put) {
      put(signatures, put.letter(), put.signature(), undo);
      return Commit.DONE;
    } else if (write instanceof Change.DropContent drop) {
      dropContent(drop.letter(), undo);
      return Commit.DONE;
    } else if (write instanceof Change.AddRow add) {
      return added(rows, add.row().letter(), add.row(), undo) ? Commit.DONE : Commit.STALE;
    } else if (write instanceof Change.UpdateRow update) {
      OutboxRow row = update.row();
      return replaced(
          rows, row.letter(), stored -> stored.version() == row.version(), row.stored(), undo);
    } else if (write instanceof Change.RemoveRow remove) {
      return removed(remove.row(), undo);
    } else if (write instanceof Change.AddCase add) {
      return addCase(add, undo);
    } else if (write instanceof Change.UpdateCase update) {
      CertificateCase changed = update.certificateCase();
      return replaced(
          cases,
          changed.id(),
          stored -> stored.version() == changed.version(),
          changed.stored(),
          undo);
    } else if (write instanceof Change.EmptyCase empty) {
      CertificateCase emptied = empty.certificateCase();
      return replaced(
          cases,
          emptied.id(),
          stored -> stored.version() == emptied.version(),
          emptied.stored(),
          undo);
    } else if (write instanceof Change.AddInboxItem add) {
      addInboxItem(new InboxKey(add.receiver(), add.letter()), undo);
      return Commit.DONE;
    } else if (write instanceof Change.TakeInboxItem take) {
      remove(inbox, new InboxKey(take.receiver(), take.letter()), undo);
      return Commit.DONE;
    } else if (write instanceof Change.AddTransmission add) {
      transmissions.add(add.transmission());
      undo.push(() -> transmissions.remove(transmissions.size() - 1));
      return Commit.DONE;
    } else if (write instanceof Change.AddEvidence add) {
      addEvidence(add.evidence(), undo);
      return Commit.DONE;
    } else if (write instanceof Change.PutCaseFact put) {
      undo.push(facts.put(put.fact()));
      return Commit.DONE;
    } else if (write instanceof Change.PutDischargeFact put) {
      undo.push(facts.put(put.fact()));
      return Commit.DONE;
    } else if (write instanceof Change.SetPaused set) {
      setPaused(set, undo);
      return Commit.DONE;
    } else if (write instanceof Change.KeepMail keep) {
      return desk.keep(keep.mail(), undo);
    } else if (write instanceof Change.CloseMail close) {
      return desk.close(close, undo);
    } else if (write instanceof Change.EmptyMail empty) {
      return desk.empty(empty, undo);
    } else if (write instanceof Change.AskBreakGlass ask) {
      return breakGlass.ask(ask.request(), undo);
    } else if (write instanceof Change.GrantBreakGlass grant) {
      return breakGlass.grant(grant, undo);
    } else if (write instanceof Change.EndBreakGlass end) {
      return breakGlass.end(end.request(), undo);
    } else if (write instanceof Change.AddNotice add) {
      notices.add(add, undo);
      return Commit.DONE;
    }
    throw new IllegalStateException("not a known write: " + write.getClass().getSimpleName());
  }

  /** A letter keeps the time of its end while it is at one. */
  private void noteEnd(Letter letter, Change change, Deque<Runnable> undo) {
    if (!RetentionRules.isAtItsEnd(letter)) {
      remove(ends, letter.ref(), undo);
    } else if (!ends.containsKey(letter.ref())) {
      change.toldAt(letter.ref()).ifPresent(at -> put(ends, letter.ref(), at, undo));
    }
  }

  private Commit addCase(Change.AddCase add, Deque<Runnable> undo) {
    CertificateCase opened = add.certificateCase();
    OptionalInt number = add.requestNumber();
    boolean taken =
        number.isPresent()
            && numbersAlike(opened.opening()).anyMatch(other -> other == number.getAsInt());
    if (taken || !added(cases, opened.id(), opened, undo)) {
      return Commit.CASE_EXISTS;
    }
    number.ifPresent(given -> put(requestNumbers, opened.id(), given, undo));
    return Commit.DONE;
  }

  private void dropContent(LetterRef ref, Deque<Runnable> undo) {
    remove(contents, ref, undo);
    remove(signatures, ref, undo);
    letter(ref)
        .filter(MemoryRecords::hasText)
        .ifPresent(letter -> put(letters, ref, withoutTexts(letter), undo));
  }

  private static boolean hasText(Letter letter) {
    return letter
        .acknowledgement()
        .filter(counts -> counts.issues().stream().anyMatch(issue -> !issue.text().isEmpty()))
        .isPresent();
  }

  private static Letter withoutTexts(Letter letter) {
    AcknowledgementState counts = letter.acknowledgement().orElseThrow();
    return letter.with(
        letter.status(),
        new AcknowledgementState(
            counts.code(),
            counts.at(),
            counts.issues().stream()
                .map(issue -> new AcknowledgementIssue(issue.code(), ""))
                .toList(),
            counts.letter()));
  }

  private static <K, V> boolean added(Map<K, V> table, K key, V value, Deque<Runnable> undo) {
    if (table.containsKey(key)) {
      return false;
    }
    put(table, key, value, undo);
    return true;
  }

  private static <K, V> Commit replaced(
      Map<K, V> table, K key, Predicate<V> asRead, V next, Deque<Runnable> undo) {
    V stored = table.get(key);
    if (stored == null || !asRead.test(stored)) {
      return Commit.STALE;
    }
    put(table, key, next, undo);
    return Commit.DONE;
  }

  private Commit removed(OutboxRow row, Deque<Runnable> undo) {
    OutboxRow stored = rows.get(row.letter());
    if (stored == null || stored.version() != row.version()) {
      return Commit.STALE;
    }
    remove(rows, row.letter(), undo);
    return Commit.DONE;
  }

  private void addInboxItem(InboxKey key, Deque<Runnable> undo) {
    if (!inbox.containsKey(key)) {
      long next = sequences.getOrDefault(key.receiver(), 0L) + 1;
      put(sequences, key.receiver(), next, undo);
      put(inbox, key, next, undo);
    }
  }

  private void addEvidence(Evidence entry, Deque<Runnable> undo) {
    List<EvidenceLink> chain = chains.computeIfAbsent(entry.chain(), any -> new ArrayList<>());
    long sequence = chain.size() + 1L;
    Digest previous = chain.isEmpty() ? Evidence.START : chain.get(chain.size() - 1).hash();
    chain.add(new EvidenceLink(entry, sequence, entry.hashAfter(previous, sequence)));
    undo.push(() -> chain.remove(chain.size() - 1));
    checkpoints.add(entry, chain.get(chain.size() - 1), undo);
  }

  @Override
  public synchronized boolean cover(Instant period, int most, Function<Uncovered, String> signing) {
    return checkpoints.cover(period, most, signing);
  }

  @Override
  public synchronized Optional<Instant> uncoveredSince() {
    return checkpoints.uncoveredSince();
  }

  @Override
  public synchronized List<Cover> covers(String chain) {
    return checkpoints.covers(chain);
  }

  @Override
  public synchronized Optional<Signed> checkpoint(long number) {
    return checkpoints.checkpoint(number);
  }

  private void setPaused(Change.SetPaused set, Deque<Runnable> undo) {
    if (set.paused() ? pausedParties.add(set.party()) : pausedParties.remove(set.party())) {
      undo.push(
          () -> {
            if (set.paused()) {
              pausedParties.remove(set.party());
            } else {
              pausedParties.add(set.party());
            }
          });
    }
  }

  private static <K, V> void put(Map<K, V> table, K key, V value, Deque<Runnable> undo) {
    V before = table.put(key, value);
    undo.push(() -> restore(table, key, Optional.ofNullable(before)));
  }

  private static <K, V> void remove(Map<K, V> table, K key, Deque<Runnable> undo) {
    V before = table.remove(key);
    undo.push(() -> restore(table, key, Optional.ofNullable(before)));
  }

  private static <K, V> void restore(Map<K, V> table, K key, Optional<V> before) {
    before.ifPresentOrElse(value -> table.put(key, value), () -> table.remove(key));
  }

  @Override
  public synchronized Optional<Letter> letter(LetterRef ref) {
    return Optional.ofNullable(letters.get(ref));
  }

  @Override
  public synchronized Map<LetterRef, Letter> letters(Collection<LetterRef> refs) {
    return letters.values().stream()
        .filter(letter -> refs.contains(letter.ref()))
        .collect(Collectors.toUnmodifiableMap(Letter::ref, letter -> letter));
  }

  @Override
  public synchronized List<Letter> letters(LetterId id) {
    return letters.values().stream()
        .filter(letter -> letter.ref().id().equals(id))
        .sorted(Comparator.comparing(letter -> letter.ref().sender()))
        .toList();
  }

  @Override
  public synchronized List<Letter> lettersOf(CaseId id) {
    return letters.values().stream()
        .filter(letter -> letter.caseId().equals(Optional.of(id)))
        .sorted(BY_TIME)
        .toList();
  }

  @Override
  public synchronized Known known(LetterRef ref, Optional<BundleId> bundleId) {
    return new Known(
        letter(ref), bundleId.flatMap(bundle -> letterInEnvelope(ref.sender(), bundle)));
  }

  @Override
  public synchronized Optional<LetterRef> letterInEnvelope(PartyId sender, BundleId bundleId) {
    return Optional.ofNullable(envelopes.get(new EnvelopeKey(sender, bundleId)));
  }

  @Override
  public synchronized List<BundleId> envelopesOf(LetterRef ref) {
    return envelopes.entrySet().stream()
        .filter(envelope -> envelope.getValue().equals(ref))
        .map(envelope -> envelope.getKey().bundleId())
        .toList();
  }

  @Override
  public long contentSize(LetterRef ref) {
    return content(ref).map(held -> (long) held.bytes().length).orElse(0L);
  }

  @Override
  public synchronized Optional<SealedContent> content(LetterRef ref) {
    return Optional.ofNullable(contents.get(ref));
  }

  @Override
  public synchronized Optional<SealedContent> signature(LetterRef ref) {
    return Optional.ofNullable(signatures.get(ref));
  }

  @Override
  public synchronized Optional<OutboxRow> row(LetterRef ref) {
    return Optional.ofNullable(rows.get(ref));
  }

  @Override
  public synchronized List<Transmission> transmissions(LetterRef ref) {
    return transmissions.stream().filter(attempt -> attempt.letter().equals(ref)).toList();
  }

  @Override
  public synchronized List<EvidenceLink> evidence(String chain) {
    return List.copyOf(chains.getOrDefault(chain, List.of()));
  }

  @Override
  public synchronized Optional<CertificateCase> certificateCase(CaseId id) {
    return Optional.ofNullable(cases.get(id));
  }

  @Override
  public synchronized List<CertificateCase> cases(CaseQuery query) {
    return cases.values().stream()
        .filter(query::wants)
        .filter(found -> query.after().isEmpty() || isAfter(found, query.after().get()))
        .sorted(BY_OPENING)
        .limit(query.limit())
        .toList();
  }

  @Override
  public synchronized List<CertificateCase> cases(
      CaseQuery query, Order<CaseLists.By> order, long skip) {
    return cases.values().stream()
        .filter(query::wants)
        .sorted(comparing(order).thenComparing(found -> found.id().toString()))
        .skip(skip)
        .limit(query.limit())
        .toList();
  }

  @Override
  public synchronized long count(CaseQuery query) {
    return cases.values().stream().filter(query::wants).count();
  }

  private static Comparator<CertificateCase> comparing(Order<CaseLists.By> order) {
    return switch (order.by()) {
      case OPENED -> by(CertificateCase::openedAt, order);
      case UPDATED -> by(CertificateCase::updatedAt, order);
      case FORM -> by(CertificateCase::form, order);
      case STATE -> by(found -> found.state().name(), order);
      case DUE ->
          Comparator.<CertificateCase, Boolean>comparing(f -> f.deadline().due().isEmpty())
              .thenComparing(by(f -> f.deadline().due().orElse(LocalDate.MAX), order));
    };
  }

  private static <T extends Comparable<? super T>> Comparator<CertificateCase> by(
      Function<CertificateCase, T> key, Order<CaseLists.By> order) {
    Comparator<CertificateCase> natural = Comparator.comparing(key);
    return order.descending() ? natural.reversed() : natural;
  }

  private static boolean isAfter(CertificateCase open, CaseQuery.Cursor cursor) {
    int byTime = open.openedAt().compareTo(cursor.openedAt());
    return byTime > 0
        || (byTime == 0 && open.id().toString().compareTo(cursor.id().toString()) > 0);
  }

  @Override
  public synchronized List<CertificateCase> casesToFollowUp(
      LocalDate dueBy, LocalDate today, Optional<CaseId> after, int limit) {
    return cases.values().stream()
        .filter(open -> open.state().isOpen())
        .filter(
            open ->
                (open.deadline().state() == Deadline.State.RUNNING
                        && open.deadline().due().filter(due -> !due.isAfter(dueBy)).isPresent())
                    || open.opening().consentUntil().filter(today::isAfter).isPresent())
        .filter(
            open -> after.isEmpty() || open.id().toString().compareTo(after.get().toString()) > 0)
        .sorted(Comparator.comparing(open -> open.id().toString()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized int latestRequestNumber(CaseOpening opening) {
    return numbersAlike(opening).max().orElse(0);
  }

  private IntStream numbersAlike(CaseOpening opening) {
    return cases.values().stream()
        .filter(other -> requestNumbers.containsKey(other.id()))
        .filter(other -> isAlike(other.opening(), opening))
        .mapToInt(other -> requestNumbers.get(other.id()));
  }

  private static boolean isAlike(CaseOpening one, CaseOpening other) {
    return one.citizen().isPresent()
        && one.citizen().equals(other.citizen())
        && one.requester().equals(other.requester())
        && one.responder().equals(other.responder())
        && one.form().equals(other.form());
  }

  @Override
  public synchronized Optional<CertificateCase> sameRequest(
      PartyId requester, PartyId responder, String form, Digest citizen, Instant since) {
    return cases.values().stream()
        .filter(found -> found.opening().requester().equals(requester))
        .filter(found -> found.opening().citizen().filter(citizen::equals).isPresent())
        .filter(found -> found.form().equals(form))
        .filter(
            found ->
                found.responder().equals(responder)
                    || found.opening().responder().equals(responder))
        .filter(
            found ->
                found.state().isOpen()
                    || found.standing().repliedAt().filter(at -> !at.isBefore(since)).isPresent())
        .max(BY_OPENING);
  }

  @Override
  public synchronized boolean isHeld(LetterRef ref) {
    return letters.containsKey(ref) && (contents.containsKey(ref) || hasText(letters.get(ref)));
  }

  @Override
  public synchronized List<Letter> heldOf(CaseId id) {
    return lettersOf(id).stream().filter(letter -> isHeld(letter.ref())).toList();
  }

  @Override
  public synchronized List<CertificateCase> casesToEmpty(
      Instant doneBy, Instant movedBy, Optional<CaseId> after, int limit) {
    return cases.values().stream()
        .filter(known -> holds(known.id()))
        .filter(
            known ->
                RetentionRules.doneAt(known).filter(at -> !at.isAfter(doneBy)).isPresent()
                    || !known.updatedAt().isAfter(movedBy))
        .filter(
            known -> after.isEmpty() || known.id().toString().compareTo(after.get().toString()) > 0)
        .sorted(Comparator.comparing(known -> known.id().toString()))
        .limit(limit)
        .toList();
  }

  /** Whether anything is held of the case: of its letters, or beside them under its own id. */
  private boolean holds(CaseId id) {
    return !heldOf(id).isEmpty()
        || contents.keySet().stream().anyMatch(ref -> ref.id().value().contains(id.toString()));
  }

  @Override
  public synchronized List<HeldLetter> lettersToEmpty(
      Instant endedBy, Instant receivedBy, Optional<LetterRef> after, int limit) {
    return letters.values().stream()
        .filter(letter -> isHeld(letter.ref()))
        .filter(letter -> after.isEmpty() || BY_REF.compare(letter.ref(), after.get()) > 0)
        .map(letter -> new HeldLetter(letter, ownEnd(letter)))
        .filter(
            found ->
                found.endedAt().filter(at -> !at.isAfter(endedBy)).isPresent()
                    || !found.letter().receivedAt().isAfter(receivedBy))
        .sorted(Comparator.comparing(found -> found.letter().ref(), BY_REF))
        .limit(limit)
        .toList();
  }

  private Optional<Instant> ownEnd(Letter letter) {
    return letter.caseId().filter(cases::containsKey).isPresent()
        ? Optional.empty()
        : Optional.ofNullable(ends.get(letter.ref()));
  }

  @Override
  public synchronized boolean isKeyNeeded(int keyId) {
    return Stream.concat(contents.values().stream(), signatures.values().stream())
        .anyMatch(content -> content.keyId() == keyId);
  }

  @Override
  public synchronized List<UnsortedMail> open(
      Order<SortingDesk.By> order, Optional<UUID> after, int limit) {
    return desk.open(order, after, limit);
  }

  @Override
  public synchronized Optional<UnsortedMail> unsorted(UUID id) {
    return desk.unsorted(id);
  }

  @Override
  public synchronized long openCount() {
    return desk.openCount();
  }

  @Override
  public synchronized List<UnsortedMail> mailsToEmpty(
      Instant closedBy, Instant receivedBy, int limit) {
    return desk.mailsToEmpty(closedBy, receivedBy, limit);
  }

  @Override
  public synchronized Optional<BreakGlassRequest> find(UUID id) {
    return breakGlass.find(id);
  }

  @Override
  public synchronized Optional<BreakGlassRequest> live(
      LetterRef letter, String askedBy, Instant now) {
    return breakGlass.live(letter, askedBy, now);
  }

  @Override
  public synchronized List<BreakGlassRequest> live(Instant now, int skipped, int limit) {
    return breakGlass.live(now, skipped, limit);
  }

  @Override
  public synchronized List<BreakGlassRequest> over(Instant now, int limit) {
    return breakGlass.over(now, limit);
  }

  @Override
  public synchronized List<OutboxRow> due(Instant now, Window window, int limit) {
    Map<PartyId, Long> underWay = new HashMap<>();
    rows.values().stream()
        .filter(row -> hasLease(row, now))
        .forEach(row -> underWay.merge(row.receiver(), 1L, Long::sum));
    return rows.values().stream()
        .filter(row -> row.phase() != OutboxRow.Phase.AWAITING)
        .filter(row -> !row.dueAt().isAfter(now) && row.expiresAt().isAfter(now))
        .filter(row -> !pausedParties.contains(row.receiver()))
        .sorted(Comparator.comparing(OutboxRow::dueAt))
        .filter(row -> underWay.merge(row.receiver(), 1L, Long::sum) <= window.of(row.receiver()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<OutboxRow> ended(Instant now, int limit) {
    return rows.values().stream()
        .filter(
            row ->
                (row.phase() == OutboxRow.Phase.AWAITING && !row.dueAt().isAfter(now))
                    || (!row.expiresAt().isAfter(now) && !hasLease(row, now)))
        .sorted(Comparator.comparing(OutboxRow::dueAt))
        .limit(limit)
        .toList();
  }

  private static boolean hasLease(OutboxRow row, Instant now) {
    return (row.phase() == OutboxRow.Phase.HANDED_OVER || row.phase() == OutboxRow.Phase.CLAIMED)
        && row.dueAt().isAfter(now);
  }

  @Override
  public synchronized boolean extendLease(LetterRef letter, int version, Instant until) {
    OutboxRow row = rows.get(letter);
    if (row == null || row.version() != version || row.phase() != OutboxRow.Phase.CLAIMED) {
      return false;
    }
    rows.put(
        letter,
        new OutboxRow(
            row.letter(),
            row.receiver(),
            row.bundleId(),
            row.phase(),
            row.attempts(),
            row.resends(),
            row.perhapsDelivered(),
            until,
            row.expiresAt(),
            row.lastReason(),
            row.viaFallback(),
            row.version()));
    return true;
  }

  @Override
  public synchronized List<QueueFigures> figures(Instant now) {
    Set<PartyId> parties = new TreeSet<>(pausedParties);
    rows.values().forEach(row -> parties.add(row.receiver()));
    return parties.stream().map(party -> figures(party, now)).toList();
  }

  private QueueFigures figures(PartyId party, Instant now) {
    List<OutboxRow> all =
        rows.values().stream().filter(row -> row.receiver().equals(party)).toList();
    List<OutboxRow> undelivered =
        all.stream().filter(row -> row.phase() != OutboxRow.Phase.AWAITING).toList();
    return new QueueFigures(
        party,
        undelivered.size(),
        undelivered.stream().map(this::recordedAt).min(Comparator.naturalOrder()),
        undelivered.stream()
            .filter(row -> row.phase() == OutboxRow.Phase.CLAIMED && hasLease(row, now))
            .count(),
        undelivered.stream()
            .filter(row -> row.phase() == OutboxRow.Phase.TO_SEND && row.lastReason().isPresent())
            .count(),
        (long) all.size() - undelivered.size(),
        pausedParties.contains(party),
        undelivered.stream()
            .filter(row -> row.lastReason().isPresent())
            .max(Comparator.comparing(this::failedAt))
            .flatMap(OutboxRow::lastReason));
  }

  private Instant recordedAt(OutboxRow row) {
    return letter(row.letter()).map(Letter::receivedAt).orElse(row.dueAt());
  }

  private Instant failedAt(OutboxRow row) {
    return transmissions(row.letter()).stream()
        .filter(attempt -> attempt.outcome() != Transmission.Outcome.DELIVERED)
        .map(Transmission::at)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  @Override
  public synchronized Optional<Standing> standing(LetterRef letter) {
    return row(letter)
        .flatMap(
            row ->
                letter(letter)
                    .map(
                        known -> new Standing(row, known, pausedParties.contains(row.receiver()))));
  }

  @Override
  public synchronized Set<PartyId> paused() {
    return Set.copyOf(pausedParties);
  }

  @Override
  public synchronized List<LetterRef> stuck(Instant overdueSince, Set<PartyId> held, int limit) {
    Stream<LetterRef> forgotten =
        letters.values().stream()
            .filter(MemoryRecords::isOpen)
            .map(Letter::ref)
            .filter(ref -> !rows.containsKey(ref));
    Stream<LetterRef> overdue =
        rows.values().stream()
            .filter(row -> row.dueAt().isBefore(overdueSince))
            .filter(
                row ->
                    row.phase() == OutboxRow.Phase.AWAITING
                        || !(pausedParties.contains(row.receiver())
                            || held.contains(row.receiver())))
            .map(OutboxRow::letter);
    return Stream.concat(forgotten, overdue).limit(limit).toList();
  }

  private static boolean isOpen(Letter letter) {
    return switch (letter.status()) {
      case RECORDED, QUEUED -> true;
      case SENT -> !letter.isAcknowledgement();
      case ACKNOWLEDGED, REFUSED_BY_RECEIVER, DEAD, CLOSED, REFUSED -> false;
    };
  }

  @Override
  public synchronized List<Item> items(PartyId receiver, long after, int limit) {
    return itemsOf(receiver).filter(item -> item.sequence() > after).limit(limit).toList();
  }

  @Override
  public synchronized List<Item> letters(PartyId receiver, long after, int limit) {
    return itemsOf(receiver)
        .filter(item -> item.sequence() > after && !item.letter().isAcknowledgement())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Item> items(PartyId receiver, LetterId id) {
    return itemsOf(receiver).filter(item -> item.letter().ref().id().equals(id)).toList();
  }

  @Override
  public synchronized StatisticsFigures figures(StatisticsQuery query) {
    return facts.figures(query, handled(query.cutoff()));
  }

  private Set<CaseId> handled(Instant cutoff) {
    return chains.values().stream()
        .flatMap(List::stream)
        .map(EvidenceLink::entry)
        .filter(entry -> TimelineCode.MANUAL_STEPS.contains(entry.code()))
        .filter(entry -> !entry.at().isAfter(cutoff))
        .flatMap(entry -> CaseId.ofChain(entry.chain()).stream())
        .collect(Collectors.toSet());
  }

  synchronized List<Letter> allLetters() {
    return List.copyOf(letters.values());
  }

  synchronized List<CertificateCase> allCases() {
    return List.copyOf(cases.values());
  }

  synchronized List<OutboxRow> allRows() {
    return List.copyOf(rows.values());
  }

  synchronized List<Transmission> allTransmissions() {
    return List.copyOf(transmissions);
  }

  private Stream<Item> itemsOf(PartyId receiver) {
    return inbox.entrySet().stream()
        .filter(entry -> entry.getKey().receiver().equals(receiver))
        .filter(entry -> letters.containsKey(entry.getKey().letter()))
        .map(entry -> new Item(entry.getValue(), letters.get(entry.getKey().letter())))
        .sorted(Comparator.comparingLong(Item::sequence));
  }
}
