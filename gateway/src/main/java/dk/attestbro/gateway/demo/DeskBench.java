package dk.attestbro.gateway.demo;

import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.jdbc.Database;
import dk.attestbro.jdbc.JdbcOperations;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.CaseSearch;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.LetterQuery;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.Order;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What operations look at, at size: made-up letters of a year, fifty thousand of them dead, in a
 * database of its own that is deleted at the end; then each list and figure, timed.
 */
public final class DeskBench {
  private static final Instant NOW = Instant.parse("2026-12-31T12:00:00Z");

  /** Times that each is asked for; the median counts. */
  private static final int TIMES = 5;

  private static final int PAGE = 51;
  private static final PartyId RECEIVER = new PartyId("psychiatry-3");

  // Of 20 letters 10 are Acknowledgements, as in life; 50 senders and 20 receivers.
  private static final String LETTERS =
"""
insert into letter (letter_id, sender, event, receiver, case_id, received_at, sha256,
  content_digest, media_type, status, problem_reasons, problem_paths, problem_hints, version)
select 'letter-' || n, 'employment-' || n %% 50,
  case when n %% 2 = 0 then 'acknowledgement-message' when n %% 997 = 1 then 'mentor-outcome'
    when n %% 4 = 1 then 'certificate-request' else 'certificate-reply' end,
  'psychiatry-' || n %% 19, case when n %% 2 = 1 then md5((n / 4)::text)::uuid end,
  timestamptz '2026-12-31 12:00Z' - n * (interval '365 days' / %1$d), sha256(n::text::bytea),
  sha256(n::text::bytea), 'FHIR_JSON',
  case when n %% 2 = 0 then 'SENT' when n <= 100000 then 'DEAD' when n %% 211 = 1 then 'REFUSED'
    else 'ACKNOWLEDGED' end,
  case when n %% 2 = 1 and n <= 100000 then array['NEVER_DELIVERED'] else '{}' end,
  case when n %% 2 = 1 and n <= 100000 then array[''] else '{}' end,
  case when n %% 2 = 1 and n <= 100000 then array['HTTP_500'] else '{}' end, 3
from generate_series(1, %1$d) n\
""";

  private static final String ENVELOPES =
      """
      insert into envelope (sender, bundle_id, letter_id, letter_sender)
      select sender, 'bundle-' || letter_id, letter_id, sender from letter\
      """;

  private static final String OUTBOX =
      """
      insert into outbox (letter_id, sender, receiver, bundle_id, phase, attempts, resends,
        perhaps_delivered, due_at, expires_at, last_reason, version, recorded_at)
      select letter_id, sender, receiver, 'bundle-open-' || n,
        case when n % 3 = 0 then 'AWAITING' else 'TO_SEND' end, 1, 0, false,
        timestamptz '2026-12-31 12:00Z' + n * interval '1 second', timestamptz '2027-01-07 12:00Z',
        'HTTP_503', 1, timestamptz '2026-12-31 11:00Z'
      from (select l.*, row_number() over (order by received_at desc) as n from letter l
        where status = 'ACKNOWLEDGED' order by received_at desc limit 20000) waiting\
      """;

  private static final String CASES =
      """
      insert into certificate_case (case_id, form, free_questions, first_requester,
        first_responder, request_sender, request_letter_id, rule, opened_at, requester, responder,
        state, turn, turns, deadline_state, deadline_rule, deadline_due, updated_at, version)
      select md5(n::text)::uuid, 'PSYK125', 0, 'employment-' || n % 50, 'psychiatry-' || n % 19,
        'employment-' || n % 50, 'letter-' || n * 4 + 1,
        '{"id":"r","version":1,"limits":[{"start":"RECEIVED","length":14,"unit":"CALENDAR_DAYS"}],
          "rollForward":false,"ownDefault":false,"validFrom":"2023-01-01"}'::jsonb,
        at, 'employment-' || n % 50, 'psychiatry-' || n % 19,
        case when n % 40 = 0 then 'SENT' else 'REPLIED' end,
        case when n % 40 = 0 then 'GATEWAY' else 'REQUESTER' end, '[]'::jsonb,
        case when n % 40 = 0 then 'RUNNING' else 'MET' end, 'r/1', at::date + 14, at, 1
      from (select n, timestamptz '2026-12-31 12:00Z' - n * (interval '365 days' / %1$d) as at
        from generate_series(1, %1$d) n) opened\
      """;

  private static final String ATTEMPTS =
      """
      insert into transmission (letter_id, sender, bundle_id, attempt, at, outcome, reason)
      select letter_id, sender, 'bundle-' || letter_id, 1, received_at + interval '1 second',
        'DELIVERED', '' from letter order by received_at\
      """;

  private final PrintStream out;
  private final PrintStream progress;

  /** The times go to {@code out}, what is being done to {@code progress}. */
  public DeskBench(PrintStream out, PrintStream progress) {
    this.out = out;
    this.progress = progress;
  }

  /** Runs it in an empty folder; 0 where every list came within the limit, else 1. */
  public int run(Path folder, int letters, Duration limit) throws IOException {
    Path work = WorkFolder.fresh(folder);
    try (Database database = Database.embedded(work.resolve("postgres"), 2)) {
      fill(database, letters);
      return measure(new JdbcOperations(database.dataSource()), limit) ? 0 : 1;
    } finally {
      WorkFolder.delete(work);
    }
  }

  private void fill(Database database, int letters) {
    progress.println("bench: making " + letters + " letters");
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setNetworkTimeout(Runnable::run, 0);
      statement.execute(LETTERS.formatted(letters));
      statement.execute(ENVELOPES);
      statement.execute(OUTBOX);
      statement.execute(CASES.replace("%1$d", String.valueOf(Math.max(1, letters / 4))));
      statement.execute(ATTEMPTS);
      for (String table :
          List.of("letter", "envelope", "outbox", "certificate_case", "transmission")) {
        statement.execute("vacuum analyze " + table);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the letters cannot be made", failure);
    }
  }

  private boolean measure(OperationsRecords records, Duration limit) {
    boolean within = true;
    for (Map.Entry<String, Runnable> one : looks(records).entrySet()) {
      within &= measure(one.getKey(), one.getValue(), limit);
    }
    return within;
  }

  private Map<String, Runnable> looks(OperationsRecords records) {
    Map<String, Runnable> looks = new LinkedHashMap<>();
    LetterQuery all = LetterQuery.newest(PAGE);
    List<LetterLine> first = records.letters(all);
    looks.put("newest letters", () -> records.letters(all));
    filters().forEach((name, query) -> looks.put(name, () -> records.letters(query)));
    looks.put(
        "a page far behind",
        () -> records.letters(behind(Instant.parse("2026-02-01T00:00:00Z"), first.get(0))));
    for (LetterQuery.By by : LetterQuery.By.values()) {
      sortedLetters(records, by, looks);
    }
    looks.put("newest cases", () -> records.cases(CaseSearch.newest(PAGE)));
    for (CaseSearch.By by : CaseSearch.By.values()) {
      sortedCases(records, by, looks);
    }
    looks.put("overdue cases", () -> records.cases(overdue()));
    looks.put("where letters are", () -> records.states(NOW));
    looks.put("received in a day", () -> records.received(NOW.minus(Duration.ofDays(1)), NOW));
    looks.put("attempts of five minutes", () -> records.traffic(NOW.minus(TakeOverview.LATELY)));
    return looks;
  }

  /** Both ways round: the first page, the page behind its end, and that of the dead alone. */
  private static void sortedLetters(
      OperationsRecords records, LetterQuery.By by, Map<String, Runnable> looks) {
    Optional<PartyId> none = Optional.empty();
    LetterQuery dead = query(none, none, none, "", Set.of(LetterStatus.DEAD), "");
    LetterQuery theirs = query(Optional.of(RECEIVER), none, none, "", Set.of(), "");
    for (boolean descending : List.of(false, true)) {
      Order<LetterQuery.By> order = new Order<>(by, descending);
      String name = "letters by " + by + (descending ? " down" : " up");
      LetterQuery all = LetterQuery.newest(PAGE).sorted(order, Optional.empty());
      List<LetterLine> page = records.letters(all);
      LetterQuery next = all.behind(page.get(page.size() - 1));
      looks.put(name, () -> records.letters(all));
      looks.put(name + ", next", () -> records.letters(next));
      looks.put(name + ", dead", () -> records.letters(dead.sorted(order, Optional.empty())));
      looks.put(name + ", a party", () -> records.letters(theirs.sorted(order, Optional.empty())));
    }
  }

  private static void sortedCases(
      OperationsRecords records, CaseSearch.By by, Map<String, Runnable> looks) {
    for (boolean descending : List.of(false, true)) {
      Order<CaseSearch.By> order = new Order<>(by, descending);
      String name = "cases by " + by + (descending ? " down" : " up");
      CaseSearch all = CaseSearch.newest(PAGE).sorted(order, Optional.empty());
      List<CertificateCase> page = records.cases(all);
      CaseSearch next =
          all.sorted(order, Optional.of(CaseSearch.Cursor.behind(page.get(page.size() - 1), by)));
      looks.put(name, () -> records.cases(all));
      looks.put(name + ", next", () -> records.cases(next));
      looks.put(name + ", overdue", () -> records.cases(overdue().sorted(order, Optional.empty())));
    }
  }

  private static Map<String, LetterQuery> filters() {
    PartyId sender = new PartyId("employment-7");
    PartyId receiver = RECEIVER;
    Optional<PartyId> none = Optional.empty();
    Set<LetterStatus> dead = Set.of(LetterStatus.DEAD);
    Map<String, LetterQuery> queries = new LinkedHashMap<>();
    queries.put("of a sender", query(none, Optional.of(sender), none, "", Set.of(), ""));
    queries.put("of a receiver", query(none, none, Optional.of(receiver), "", Set.of(), ""));
    queries.put("of a party", query(Optional.of(receiver), none, none, "", Set.of(), ""));
    queries.put("of an event", query(none, none, none, "mentor-outcome", Set.of(), ""));
    queries.put("dead", query(none, none, none, "", dead, ""));
    queries.put("refused", query(none, none, none, "", Set.of(LetterStatus.REFUSED), ""));
    queries.put("with a reason", query(none, none, none, "", Set.of(), "NEVER_DELIVERED"));
    queries.put("with a channel's code", query(none, none, none, "", Set.of(), "HTTP_503"));
    queries.put("with an unknown code", query(none, none, none, "", Set.of(), "HTTP_418"));
    queries.put(
        "all together",
        query(
            Optional.of(receiver),
            Optional.of(sender),
            Optional.of(receiver),
            "certificate-request",
            dead,
            "HTTP_500"));
    queries.put(
        "nothing to find",
        query(none, Optional.of(sender), Optional.of(receiver), "no-such-event", Set.of(), ""));
    queries.put(
        "of a party that has none",
        query(Optional.of(new PartyId("nobody")), none, none, "", Set.of(), ""));
    return queries;
  }

  private static LetterQuery query(
      Optional<PartyId> party,
      Optional<PartyId> sender,
      Optional<PartyId> receiver,
      String event,
      Set<LetterStatus> statuses,
      String code) {
    return new LetterQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.<CaseId>empty(),
        party,
        sender,
        receiver,
        Optional.of(event).filter(text -> !text.isEmpty()),
        statuses,
        Optional.of(code).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        LetterQuery.NEWEST_FIRST,
        Optional.empty(),
        PAGE);
  }

  private static LetterQuery behind(Instant at, LetterLine any) {
    return LetterQuery.newest(PAGE)
        .sorted(
            LetterQuery.NEWEST_FIRST,
            Optional.of(
                new LetterQuery.Cursor(Optional.empty(), at, any.ref().id(), any.ref().sender())));
  }

  private static CaseSearch overdue() {
    CaseSearch s = CaseSearch.newest(PAGE);
    return new CaseSearch(
        s.party(),
        s.turns(),
        s.states(),
        Optional.of(LocalDate.parse("2026-12-31")),
        s.form(),
        s.from(),
        s.to(),
        s.order(),
        s.after(),
        s.limit());
  }

  private boolean measure(String name, Runnable look, Duration limit) {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      look.run();
      times.add(Duration.ofNanos(System.nanoTime() - start));
    }
    times.sort(Comparator.naturalOrder());
    Duration median = times.get(TIMES / 2);
    boolean within = median.compareTo(limit) <= 0;
    out.printf(
        Locale.ROOT,
        "%-34s %6d ms (longest %d ms)%s%n",
        name,
        median.toMillis(),
        times.get(TIMES - 1).toMillis(),
        within ? "" : "  over " + limit.toMillis() + " ms");
    return within;
  }
}
