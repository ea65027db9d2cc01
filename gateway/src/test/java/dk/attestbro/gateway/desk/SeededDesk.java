package dk.attestbro.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.api.ApiServer;
import dk.attestbro.gateway.journey.BreakGlass;
import dk.attestbro.gateway.pages.ListedStaff;
import dk.attestbro.gateway.pages.PagesConfiguration;
import dk.attestbro.gateway.pages.Passwords;
import dk.attestbro.memory.MemoryRecords;
import dk.attestbro.model.Access;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Change;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsFigures;
import dk.attestbro.port.Tally;
import dk.attestbro.samples.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** The web layer with a request, two dead letters, some figures and a user of each role. */
final class SeededDesk implements AutoCloseable {
  static final String PASSWORD = Passwords.random();

  private static final String REQUEST =
      """
      {"form":"PSYK125","receiver":"psychiatry-midt","citizen":{"cpr":"2509479989","name":{
        "family":"Elmer","given":["Bruno"]}},"purpose":"Rehabiliteringsplan",
       "questions":["Hvilke skånehensyn?"],"facts":"Sygemeldt siden maj",
       "consent":{"basis":"RSL_11A","givenAt":"2026-11-01","validUntil":"2027-10-31","scope":"Journal"},
       "contact":{"name":"Mette Holm","phone":"+4587654321"},"reference":"A-17",
       "wishedBy":"2026-12-10","caseStartedOn":"2026-09-14"}
      """;

  private final ApiServer server;
  private final String caseId;

  SeededDesk() throws Exception {
    this(List.of(Parts.class), List.of());
  }

  /** The same where break-glass access is allowed, with the time in the test's hand. */
  static SeededDesk withBreakGlass() throws Exception {
    return new SeededDesk(
        List.of(Parts.class, BreakGlassParts.class),
        List.of("--attestbro.break-glass.enabled=true"));
  }

  private SeededDesk(List<Class<?>> parts, List<String> settings) throws Exception {
    server = new ApiServer(parts, settings);
    caseId = requested();
    dead("dead-1");
    dead("dead-2");
  }

  int port() {
    return server.port();
  }

  /** What the access log was told. */
  List<Access> noted() {
    return server.noted();
  }

  String caseId() {
    return caseId;
  }

  /** The request that opened the case. */
  String caseLetter() {
    return records().lettersOf(CaseId.parse(caseId).orElseThrow()).get(0).ref().id().value();
  }

  @Override
  public void close() {
    server.close();
  }

  private String requested() throws Exception {
    HttpResponse<String> taken =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port() + "/api/v1/certificate-requests"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer aarhus")
                    .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    return taken.body().replaceAll("(?s).*?\"caseId\":\"([^\"]+)\".*", "$1");
  }

  /** Lets this much time pass, where break-glass access is allowed. */
  void pass(Duration time) {
    server.part("passing", SettableClock.class).pass(time);
  }

  private MemoryRecords records() {
    return server.part("records", MemoryRecords.class);
  }

  private void dead(String id) {
    LetterRef ref = new LetterRef(SampleDirectory.AARHUS.id(), new LetterId(id));
    Digest digest = Digest.of(id.getBytes(StandardCharsets.UTF_8));
    Letter letter =
        new Letter(
                ref,
                Optional.empty(),
                EventCode.CERTIFICATE_REQUEST.code(),
                Optional.of(SampleDirectory.MIDT.id()),
                Optional.empty(),
                ApiServer.NOW,
                digest,
                digest,
                MediaType.FHIR_JSON,
                LetterStatus.QUEUED,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1)
            .dead(List.of(new Problem(RefusalReason.NEVER_DELIVERED, "", "HTTP_500")));
    records()
        .commit(
            new Change(
                List.of(
                    new Change.AddLetter(letter),
                    new Change.AddEvidence(
                        Evidence.of(letter, ApiServer.NOW, TimelineCode.DEAD, "")))));
  }

  @Import({PagesConfiguration.class, DeskConfiguration.class})
  static class Parts {
    private static final String HASH = ApiServer.PASSWORDS.encode(PASSWORD);
    private static final Map<String, StaffDirectory.Entry> USERS =
        Stream.of(
                new Staff("operator", "o", Set.of(StaffRole.OPERATOR), Optional.empty()),
                new Staff("lead", "l", Set.of(StaffRole.LEAD), Optional.empty()),
                new Staff("other-lead", "o", Set.of(StaffRole.LEAD), Optional.empty()),
                new Staff("auditor", "a", Set.of(StaffRole.AUDITOR), Optional.empty()),
                new Staff(
                    "caseworker",
                    "c",
                    Set.of(StaffRole.CASEWORKER),
                    Optional.of(SampleDirectory.AARHUS.id())))
            .collect(Collectors.toMap(Staff::id, staff -> new StaffDirectory.Entry(staff, HASH)));

    @Bean
    StaffDirectory users() {
      return new ListedStaff(USERS);
    }

    /** Figures of five groups, whatever they are told apart by; two are too small to be shown. */
    @Bean
    @Primary
    Statistics figures() {
      return query -> {
        StatisticsFigures.Builder figures = new StatisticsFigures.Builder(query);
        Function<String, Tally> group =
            value -> figures.of(Collections.nCopies(query.by().size(), value));
        count(group.apply("Region Hovedstaden"), 40, 90);
        count(group.apply("Region Midtjylland"), 20, 50);
        count(group.apply("Region Nordjylland & <Limfjorden>"), 8, 2);
        count(group.apply("Region Sjælland"), 7, 3);
        count(group.apply("Region Syddanmark"), 5, 55);
        return figures.build();
      };
    }

    private static void count(Tally tally, long onTime, long late) {
      tally.requests(Optional.of(5L), onTime + late);
      tally.requests(Optional.empty(), 7);
      tally.replied(Optional.of(12L), 0, 0, onTime);
      tally.replied(Optional.of(31L), 0, 9, late);
    }
  }

  static class BreakGlassParts {
    @Bean
    @Primary
    SettableClock passing() {
      return new SettableClock(ApiServer.NOW);
    }

    @Bean
    BreakGlass breakGlass(MemoryRecords records, ContentSealing sealing, Clock clock) {
      return new BreakGlass(
          records,
          records,
          sealing,
          new BreakGlass.Times(Duration.ofHours(1), Duration.ofMinutes(15)),
          (code, subject, detail) -> {},
          clock);
    }
  }
}
