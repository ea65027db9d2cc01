package dk.attestbro.jdbc;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Transmission;
import dk.attestbro.port.CaseLists;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.Order;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.QueueFigures;
import dk.attestbro.port.Records;
import dk.attestbro.port.SealedContent;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The records, the outbox, the inbox and the sorting desk in PostgreSQL. Times are kept to the
 * microsecond; those that are signed or hashed to the last digit.
 */
public final class JdbcRecords
    implements CaseLists, Records, Outbox, Inbox, HeldContents, SortingDesk {
  /** Counting takes at most a hundredth of the time, */
  private static final int COUNTS_REST = 100;

  /** but no count is older than this: the first of a start may wait for what else it does. */
  private static final Duration COUNTS_AGE = Duration.ofSeconds(30);

  /** No envelope has it. */
  private static final String NO_BUNDLE = "";

  private static final String OF_LETTER = " where letter_id = ? and sender = ?";

  private final ChangeWriter writer;
  private final Rows rows;
  private final JdbcClient jdbc;
  private final OutboxQueries outbox;
  private final CaseQueries cases;
  private final HeldQueries held;
  private final DeskRows desk;
  private final ContentParts contents;
  private final Clock clock;
  private volatile @Nullable Counts counts;

  /**
   * Works on a database that {@link Database} has migrated. {@code sealing} keeps the texts that
   * receivers write into their acknowledgements.
   */
  public JdbcRecords(DataSource dataSource, ContentSealing sealing, Clock clock) {
    SealedTexts texts = new SealedTexts(sealing);
    this.writer = new ChangeWriter(dataSource, new RecordSteps(texts));
    this.rows = new Rows(texts);
    this.jdbc = JdbcClient.create(dataSource);
    this.outbox = new OutboxQueries(jdbc);
    this.cases = new CaseQueries(jdbc);
    this.held = new HeldQueries(jdbc, rows);
    this.desk = new DeskRows(jdbc);
    this.contents = new ContentParts(dataSource);
    this.clock = clock;
  }

  @Override
  public Commit commit(Change change) {
    return writer.write(change);
  }

  @Override
  public Optional<Letter> letter(LetterRef ref) {
    return read(
        () ->
            letters(" where l.letter_id = ? and l.sender = ?", ref.id().value(), sender(ref))
                .stream()
                .findFirst());
  }

  @Override
  public Map<LetterRef, Letter> letters(Collection<LetterRef> refs) {
    return read(
            () ->
                letters(
                    " where (l.letter_id, l.sender) in (select * from unnest(?::text[], ?::text[]))",
                    refs.stream().map(ref -> ref.id().value()).toArray(String[]::new),
                    refs.stream().map(JdbcRecords::sender).toArray(String[]::new)))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Letter::ref, letter -> letter));
  }

  @Override
  public List<Letter> letters(LetterId id) {
    return read(() -> letters(" where l.letter_id = ? order by l.sender", id.value()));
  }

  @Override
  public List<Letter> lettersOf(CaseId id) {
    return read(
        () ->
            letters(
                " where l.case_id = ? order by l.received_at, l.letter_id, l.sender", id.value()));
  }

  @Override
  public Known known(LetterRef ref, Optional<BundleId> bundleId) {
    return read(
        () ->
            jdbc.sql(
                    "select "
                        + Rows.LETTER
                        + ", e.letter_sender as envelope_sender, e.letter_id as envelope_letter"
                        + " from (select ?::text as letter_id, ?::text as sender) sought"
                        + " left join letter l using (letter_id, sender)"
                        + " left join receipt r using (letter_id, sender)"
                        + " left join envelope e on e.sender = sought.sender and e.bundle_id = ?")
                .params(
                    ref.id().value(), sender(ref), bundleId.map(BundleId::value).orElse(NO_BUNDLE))
                .query(
                    (row, number) ->
                        new Known(
                            row.getString("letter_id") == null
                                ? Optional.empty()
                                : Optional.of(rows.letter(row)),
                            row.getString("envelope_letter") == null
                                ? Optional.empty()
                                : Optional.of(Rows.ref(row, "envelope_sender", "envelope_letter"))))
                .single());
  }

  @Override
  public Optional<LetterRef> letterInEnvelope(PartyId sender, BundleId bundleId) {
    return read(
        () ->
            jdbc.sql(
                    "select letter_id, letter_sender as sender from envelope"
                        + " where sender = ? and bundle_id = ?")
                .params(sender.value(), bundleId.value())
                .query((row, number) -> Rows.ref(row))
                .optional());
  }

  @Override
  public List<BundleId> envelopesOf(LetterRef ref) {
    return read(
        () ->
            jdbc.sql(
                    "select bundle_id from envelope"
                        + " where letter_id = ? and letter_sender = ? order by ordinal")
                .params(ref.id().value(), sender(ref))
                .query((row, number) -> new BundleId(row.getString(1)))
                .list());
  }

  @Override
  public Optional<SealedContent> content(LetterRef ref) {
    return read(() -> contents.whole(ref));
  }

  @Override
  public long contentSize(LetterRef ref) {
    return read(() -> contents.size(ref));
  }

  @Override
  public Optional<SealedContent> signature(LetterRef ref) {
    return read(
        () ->
            joined(
                jdbc.sql("select bytes from sender_signature" + OF_LETTER + " order by part")
                    .params(ref.id().value(), sender(ref))
                    .query((row, number) -> new SealedContent(MediaType.CMS, row.getBytes(1)))
                    .list()));
  }

  private static Optional<SealedContent> joined(List<SealedContent> parts) {
    if (parts.size() <= 1) {
      return parts.stream().findFirst();
    }
    int size = parts.stream().mapToInt(part -> part.bytes().length).sum();
    ByteBuffer whole = ByteBuffer.allocate(size);
    parts.forEach(part -> whole.put(part.bytes()));
    return Optional.of(new SealedContent(parts.get(0).mediaType(), whole.array()));
  }

  @Override
  public Optional<OutboxRow> row(LetterRef ref) {
    return read(
        () ->
            jdbc.sql("select * from outbox" + OF_LETTER)
                .params(ref.id().value(), sender(ref))
                .query((row, number) -> Rows.outboxRow(row))
                .optional());
  }

  @Override
  public List<Transmission> transmissions(LetterRef ref) {
    return read(
        () ->
            jdbc.sql("select * from transmission" + OF_LETTER + " order by ordinal")
                .params(ref.id().value(), sender(ref))
                .query((row, number) -> Rows.transmission(row))
                .list());
  }

  @Override
  public List<EvidenceLink> evidence(String chain) {
    return read(
        () ->
            jdbc.sql("select * from evidence where chain = ? order by sequence")
                .param(chain)
                .query((row, number) -> Rows.evidenceLink(row))
                .list());
  }

  @Override
  public Optional<CertificateCase> certificateCase(CaseId id) {
    return read(() -> cases.one(id));
  }

  @Override
  public List<CertificateCase> cases(CaseQuery query) {
    return read(() -> cases.wanted(query));
  }

  @Override
  public List<CertificateCase> cases(CaseQuery query, Order<CaseLists.By> order, long skip) {
    return read(() -> cases.listed(query, order, skip));
  }

  @Override
  public long count(CaseQuery query) {
    return read(() -> cases.count(query));
  }

  @Override
  public List<CertificateCase> casesToFollowUp(
      LocalDate dueBy, LocalDate today, Optional<CaseId> after, int limit) {
    return read(() -> cases.toFollowUp(dueBy, today, after, limit));
  }

  @Override
  public int latestRequestNumber(CaseOpening opening) {
    return opening
        .citizen()
        .map(citizen -> read(() -> cases.latestRequestNumber(opening, citizen)))
        .orElse(0);
  }

  @Override
  public Optional<CertificateCase> sameRequest(
      PartyId requester, PartyId responder, String form, Digest citizen, Instant since) {
    return read(() -> cases.sameRequest(requester, responder, form, citizen, since));
  }

  @Override
  public List<OutboxRow> due(Instant now, Window window, int limit) {
    return read(() -> outbox.due(now, window, limit));
  }

  @Override
  public List<OutboxRow> ended(Instant now, int limit) {
    return read(() -> outbox.ended(now, limit));
  }

  @Override
  public boolean extendLease(LetterRef letter, int version, Instant until) {
    return read(() -> outbox.extendLease(letter, version, until));
  }

  @Override
  public List<QueueFigures> figures(Instant now) {
    return read(() -> outbox.figures(now));
  }

  @Override
  public Optional<Standing> standing(LetterRef ref) {
    return read(
        () ->
            jdbc.sql(
                    "select "
                        + Rows.LETTER
                        + ", "
                        + Rows.OUTBOX_OF_LETTER
                        + ", exists (select from paused_party p where p.party = o.receiver)"
                        + " as is_paused from outbox o join letter l using (letter_id, sender)"
                        + " left join receipt r using (letter_id, sender)"
                        + OF_LETTER)
                .params(ref.id().value(), sender(ref))
                .query(
                    (row, number) ->
                        new Standing(
                            Rows.outboxRow(row, Rows.OF_OUTBOX),
                            rows.letter(row),
                            row.getBoolean("is_paused")))
                .optional());
  }

  @Override
  public Set<PartyId> paused() {
    return read(
        () ->
            jdbc
                .sql("select party from paused_party")
                .query((row, number) -> new PartyId(row.getString(1)))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public List<LetterRef> stuck(Instant overdueSince, Set<PartyId> held, int limit) {
    return read(() -> outbox.stuck(overdueSince, held, limit));
  }

  @Override
  public List<Item> items(PartyId receiver, long after, int limit) {
    return read(
        () ->
            items(
                " where i.receiver = ? and i.sequence > ? order by i.sequence limit ?",
                receiver.value(),
                after,
                limit));
  }

  @Override
  public List<Item> letters(PartyId receiver, long after, int limit) {
    return read(
        () ->
            items(
                " where i.receiver = ? and i.sequence > ? and l.event <> ?"
                    + " order by i.sequence limit ?",
                receiver.value(),
                after,
                EventCode.ACKNOWLEDGEMENT.code(),
                limit));
  }

  @Override
  public List<Item> items(PartyId receiver, LetterId id) {
    return read(
        () ->
            items(
                " where i.receiver = ? and i.letter_id = ? order by i.sequence",
                receiver.value(),
                id.value()));
  }

  @Override
  public boolean isHeld(LetterRef letter) {
    return read(() -> held.isHeld(letter));
  }

  @Override
  public List<Letter> heldOf(CaseId id) {
    return read(
        () ->
            letters(
                " where l.case_id = ? and l.holds_content"
                    + " order by l.received_at, l.letter_id, l.sender",
                id.value()));
  }

  @Override
  public List<CertificateCase> casesToEmpty(
      Instant doneBy, Instant movedBy, Optional<CaseId> after, int limit) {
    return read(() -> held.casesToEmpty(doneBy, movedBy, after, limit));
  }

  @Override
  public List<HeldLetter> lettersToEmpty(
      Instant endedBy, Instant receivedBy, Optional<LetterRef> after, int limit) {
    return read(() -> held.lettersToEmpty(endedBy, receivedBy, after, limit));
  }

  @Override
  public boolean isKeyNeeded(int keyId) {
    return read(() -> held.isKeyNeeded(keyId));
  }

  @Override
  public List<UnsortedMail> open(Order<SortingDesk.By> order, Optional<UUID> after, int limit) {
    return read(() -> desk.open(order, after, limit));
  }

  @Override
  public Optional<UnsortedMail> unsorted(UUID id) {
    return read(() -> desk.one(id));
  }

  @Override
  public long openCount() {
    return read(desk::openCount);
  }

  @Override
  public List<UnsortedMail> mailsToEmpty(Instant closedBy, Instant receivedBy, int limit) {
    return read(() -> desk.toEmpty(closedBy, receivedBy, limit));
  }

  /** Whether letters from or to this party are still on their way. */
  public boolean hasOpenLetters(PartyId party) {
    return read(
        () ->
            jdbc.sql("select exists (select 1 from outbox where receiver = ? or sender = ?)")
                .params(party.value(), party.value())
                .query(Boolean.class)
                .single());
  }

  /**
   * How many letters have each event and status. For metrics: counted from an index, and again when
   * a hundred times as long has gone as that took, or half a minute.
   */
  public Map<LetterKind, Long> letterCounts() {
    Counts known = counts;
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.until())) {
      return known.byKind();
    }
    Map<LetterKind, Long> fresh =
        read(
            () ->
                jdbc
                    .sql("select event, status, count(*) from letter group by event, status")
                    .query(
                        (row, number) ->
                            Map.entry(
                                new LetterKind(
                                    row.getString(1), LetterStatus.valueOf(row.getString(2))),
                                row.getLong(3)))
                    .list()
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    Duration rest = Duration.between(now, clock.instant()).multipliedBy(COUNTS_REST);
    counts = new Counts(now.plus(rest.compareTo(COUNTS_AGE) < 0 ? rest : COUNTS_AGE), fresh);
    return fresh;
  }

  /** An event code and a status. */
  public record LetterKind(String event, LetterStatus status) {}

  private record Counts(Instant until, Map<LetterKind, Long> byKind) {}

  private List<Letter> letters(String where, Object... parameters) {
    return jdbc.sql("select " + Rows.LETTER + " from " + Rows.LETTERS + where)
        .params(parameters)
        .query((row, number) -> rows.letter(row))
        .list();
  }

  private List<Item> items(String where, Object... parameters) {
    return jdbc.sql(
            "select i.sequence, "
                + Rows.LETTER
                + " from inbox i join letter l using (letter_id, sender)"
                + " left join receipt r using (letter_id, sender)"
                + where)
        .params(parameters)
        .query((row, number) -> new Item(row.getLong("sequence"), rows.letter(row)))
        .list();
  }

  private static String sender(LetterRef ref) {
    return ref.sender().value();
  }

  private static <T> T read(Supplier<T> query) {
    try {
      return query.get();
    } catch (DataAccessException failure) {
      throw SqlFailures.translated(failure);
    }
  }
}
