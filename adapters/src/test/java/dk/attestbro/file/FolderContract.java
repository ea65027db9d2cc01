package dk.attestbro.file;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.samples.Deliveries;
import dk.attestbro.samples.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a partner's folder may count on, here and over SFTP. */
abstract class FolderContract {
  private static final Duration STABLE = Duration.ofSeconds(2);
  private static final Duration CLAIM = Duration.ofMinutes(2);
  private static final int MOST = 1000;
  private static final BundleId BUNDLE = new BundleId("b-1");
  private static final Payload LETTER = payload("{\"a\":1}", MediaType.FHIR_JSON);

  @TempDir Path root;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
  private final RememberingJourney journey = new RememberingJourney();
  private final List<String> troubles = new ArrayList<>();
  private CollectFolder collect;

  /** The address of {@code root/in}, which is there, or of {@code root/none}, which is not. */
  abstract URI address(String folder);

  abstract Folders folders();

  /** Makes the folders reachable. */
  abstract void start() throws IOException;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(root.resolve("in"));
    start();
    collect = collector(true);
  }

  @Test
  void putsALetterUnderItsBundleIdAndNothingBesideIt() throws IOException {
    assertThat(deliver(BUNDLE, LETTER)).isInstanceOf(DeliveryOutcome.Delivered.class);

    assertThat(names("")).containsExactly("b-1.json");
    assertThat(Files.readAllBytes(in("b-1.json"))).isEqualTo(LETTER.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a.b", ".hidden"})
  void namesByItsDigestWhatIsNoSafeName(String id) throws IOException {
    deliver(new BundleId(id), payload("cms", MediaType.CMS));

    assertThat(names("")).singleElement().asString().matches("[0-9a-f]{64}\\.p7m");
  }

  @Test
  void countsALetterThatLiesThereAlreadyAsDelivered() throws IOException {
    deliver(BUNDLE, LETTER);

    assertThat(deliver(BUNDLE, LETTER)).isInstanceOf(DeliveryOutcome.Delivered.class);

    assertThat(names("")).containsExactly("b-1.json");
  }

  @Test
  void neverReplacesOtherBytesOfTheSameName() throws IOException {
    deliver(BUNDLE, LETTER);
    Payload other = payload("{\"b\":2}", MediaType.FHIR_JSON);

    assertThat(deliver(BUNDLE, other)).isInstanceOf(DeliveryOutcome.Delivered.class);

    assertThat(names(""))
        .containsExactly("b-1-" + other.sha256().hex().substring(0, 16) + ".json", "b-1.json");
    assertThat(Files.readAllBytes(in("b-1.json"))).isEqualTo(LETTER.bytes());
  }

  @Test
  void alarmsAFolderThatIsNotThere() {
    DeliveryOutcome outcome =
        new FileDelivery(folders(), clock)
            .deliver(Deliveries.to(Endpoint.Channel.FILE, address("none"), BUNDLE, LETTER));

    assertThat(outcome)
        .isEqualTo(
            new DeliveryOutcome.TransientFailure("FOLDER_MISSING", Optional.empty(), false, true));
  }

  @Test
  void removesWhatAKilledDeliveryLeftBehind() throws IOException {
    Path left = in(FileNames.temporary());
    Files.writeString(left, "half");
    Files.setLastModifiedTime(left, FileTime.from(clock.instant().minus(Duration.ofHours(2))));

    deliver(BUNDLE, LETTER);

    assertThat(names("")).containsExactly("b-1.json");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deliversOnceAndWholeWhereverItIsKilled(boolean before) throws IOException {
    int killed = 0;
    for (boolean died = true; died; ) {
      BundleId bundle = new BundleId("k-" + killed);
      died = diesDelivering(bundle, killed, before);
      FileDelivery.put(folders().open(address("in")), bundle, LETTER, new boolean[1]);
      assertThat(names("")).filteredOn(n -> !n.startsWith(".")).contains(bundle + ".json");
      killed++;
    }
    assertThat(killed).isEqualTo(3);
    assertThat(names(""))
        .filteredOn(n -> !n.startsWith("."))
        .hasSize(killed)
        .allSatisfy(n -> assertThat(Files.readAllBytes(in(n))).isEqualTo(LETTER.bytes()));
  }

  @Test
  void takesAFinishedFileAndLeavesTheReceiptBesideIt() throws IOException {
    put("request 1.json", "{}");

    turns();

    assertThat(journey.recorded).containsExactly("{}");
    assertThat(names("")).containsExactly(".work", "done", "refused");
    assertThat(names("done")).containsExactly("request 1.json", "request 1.json.receipt.json");
    assertThat(names(".work")).isEmpty();
    assertThat(troubles).isEmpty();
  }

  @Test
  void removesWhatItTookWhereNothingIsKept() throws IOException {
    collect = collector(false);
    put("a.json", "{}");

    turns();

    assertThat(names("done")).containsExactly("a.json.receipt.json");
    assertThat(names(".work")).isEmpty();
  }

  @Test
  void waitsUntilAFileStandsStill() throws IOException {
    put("a.json", "{");
    once();
    clock.pass(STABLE.minusMillis(1));
    once();
    Files.writeString(in("a.json"), "{}");
    clock.pass(STABLE);
    once();
    assertThat(journey.recorded).isEmpty();

    clock.pass(STABLE);
    once();

    assertThat(journey.recorded).containsExactly("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {".a.json", "a.json.tmp", "a.json.part", "A.JSON.PART", "a.filepart"})
  void leavesAloneWhatItsWriterHasNotFinished(String name) throws IOException {
    put(name, "{}");

    turns();

    assertThat(journey.recorded).isEmpty();
    assertThat(Files.exists(in(name))).isTrue();
    assertThat(troubles).isEmpty();
  }

  @Test
  void movesARefusedFileAsideWithTheReason() throws IOException {
    put("bad.xml", "refuse me");

    turns();

    assertThat(names("refused")).containsExactly("bad.xml", "bad.xml.refusal.json");
    assertThat(names("done")).isEmpty();
  }

  @Test
  void refusesWhatIsNoKnownTypeOrTooLargeWithoutReadingIt() throws IOException {
    put("letter.docx", "x");
    put("huge.json", "x".repeat(MOST + 1));

    turns();

    assertThat(journey.recorded).isEmpty();
    assertThat(Files.readString(in("refused/letter.docx.refusal.json")))
        .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    assertThat(Files.readString(in("refused/huge.json.refusal.json"))).isEqualTo("TOO_LARGE");
  }

  @Test
  void takesAgainLaterWhatCouldNotBeRecorded() throws IOException {
    journey.isDown = true;
    put("a.json", "{}");
    turns();
    assertThat(troubles).containsExactly("CANNOT_RECORD");
    assertThat(names(".work")).hasSize(1);
    journey.isDown = false;
    once();
    assertThat(journey.recorded).isEmpty();

    clock.pass(CLAIM);
    once();

    assertThat(journey.recorded).containsExactly("{}");
    assertThat(names("done")).containsExactly("a.json", "a.json.receipt.json");
    assertThat(names(".work")).isEmpty();
  }

  @Test
  void keepsBothWhereANameComesAgain() throws IOException {
    put("a.json", "{}");
    turns();
    put("a.json", "{\"n\":2}");

    turns();

    assertThat(journey.recorded).containsExactly("{}", "{\"n\":2}");
    assertThat(names("done")).hasSize(4).contains("a.json", "a.json.receipt.json");
    assertThat(Files.readString(in("done/a.json"))).isEqualTo("{}");
  }

  @Test
  void neverFollowsALink() throws IOException {
    Path secret = Files.writeString(root.resolve("secret.json"), "secret");
    Files.createSymbolicLink(in("a.json"), secret);
    Files.createDirectory(in("b.json"));

    turns();

    assertThat(journey.recorded).isEmpty();
    assertThat(troubles).contains("NOT_A_FILE");
    assertThat(Files.exists(in("a.json"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void goesOnWithTheOthersWhereOneFails() throws IOException {
    put("a.json", "fail");
    put("b.json", "{}");

    turns();

    assertThat(journey.recorded).containsExactly("{}");
    assertThat(names(".work")).hasSize(1);
    assertThat(troubles).containsExactly("INTERNAL_ERROR");
  }

  @Test
  void tellsOfAFolderThatIsNotThere() {
    collect.once(address("none"), journey, RememberingJourney::refused, troubles::add);

    assertThat(troubles).containsExactly("FOLDER_MISSING");
  }

  @Test
  void takesAFileOnceThoughTwoNodesLook() throws IOException {
    CollectFolder other = collector(true);
    put("a.json", "{}");
    once();
    other.once(address("in"), journey, RememberingJourney::refused, troubles::add);
    clock.pass(STABLE);

    once();
    other.once(address("in"), journey, RememberingJourney::refused, troubles::add);

    assertThat(journey.recorded).hasSize(1);
    assertThat(names("done")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordsOnceAndLosesNothingWhereverItIsKilled(boolean before) throws IOException {
    for (String content : List.of("{}", "refuse me")) {
      String where = content.equals("{}") ? "done" : "refused";
      int killed = 0;
      for (boolean died = true; died; killed++) {
        String name = "k" + killed + ".json";
        put(name, content.replace("}", "\"" + killed + "\":1}"));
        died = diesCollecting(killed, before);
        collect = collector(true);
        turns();
        clock.pass(CLAIM);
        turns();
        assertThat(names(where)).contains(name);
        assertThat(names(".work")).isEmpty();
        assertThat(Files.exists(in(name))).isFalse();
      }
      assertThat(killed).as("changes of one file").isEqualTo(5);
    }
    assertThat(journey.recorded).doesNotHaveDuplicates().hasSize(5);
    assertThat(names("done")).filteredOn(n -> n.endsWith(".receipt.json")).hasSize(5);
    assertThat(names("")).containsExactly(".work", "done", "refused");
  }

  private boolean diesDelivering(BundleId bundle, int change, boolean before) throws IOException {
    try (DyingFolder dying = new DyingFolder(folders().open(address("in")), change, before)) {
      FileDelivery.put(dying, bundle, LETTER, new boolean[1]);
      return false;
    } catch (Killed killed) {
      return true;
    }
  }

  private boolean diesCollecting(int change, boolean before) throws IOException {
    CollectFolder first = collector(true);
    first.once(address("in"), journey, RememberingJourney::refused, troubles::add);
    clock.pass(STABLE);
    try (DyingFolder dying = new DyingFolder(folders().open(address("in")), change, before)) {
      first.once(
          address("in"),
          dying,
          new CollectFolder.Journey(journey, RememberingJourney::refused),
          troubles::add);
      return false;
    } catch (Killed killed) {
      return true;
    }
  }

  private CollectFolder collector(boolean keep) {
    return new CollectFolder(folders(), new CollectSettings(STABLE, CLAIM, MOST, keep, 100), clock);
  }

  /** Two turns, between which files stand still for long enough. */
  private void turns() {
    once();
    clock.pass(STABLE);
    once();
  }

  private void once() {
    collect.once(address("in"), journey, RememberingJourney::refused, troubles::add);
  }

  private DeliveryOutcome deliver(BundleId bundle, Payload body) {
    return new FileDelivery(folders(), clock)
        .deliver(Deliveries.to(Endpoint.Channel.FILE, address("in"), bundle, body));
  }

  private void put(String name, String content) throws IOException {
    Files.writeString(in(name), content);
  }

  private Path in(String name) {
    return root.resolve("in").resolve(name);
  }

  private List<String> names(String place) throws IOException {
    try (Stream<Path> paths = Files.list(root.resolve("in").resolve(place))) {
      return paths.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private static Payload payload(String text, MediaType type) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), type);
  }
}
