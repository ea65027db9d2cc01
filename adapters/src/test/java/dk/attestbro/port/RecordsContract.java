package dk.attestbro.port;

import static dk.attestbro.port.RecordSamples.AARHUS;
import static dk.attestbro.port.RecordSamples.MIDT;
import static dk.attestbro.port.RecordSamples.NOW;
import static dk.attestbro.port.RecordSamples.ODENSE;
import static dk.attestbro.port.RecordSamples.letter;
import static dk.attestbro.port.RecordSamples.open;
import static dk.attestbro.port.RecordSamples.ref;
import static dk.attestbro.port.RecordSamples.refusedBy;
import static dk.attestbro.port.RecordSamples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.model.Transmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every kind of {@link Records} keeps. Empty records before each test. */
public abstract class RecordsContract {
  protected abstract Records records();

  @Test
  void givesALetterBackAsItWasRecorded() {
    Letter letter = letter(ref(), Optional.of(CaseId.random()), NOW, LetterStatus.RECORDED);
    assertThat(commit(new Change.AddLetter(letter))).isEqualTo(Commit.DONE);
    assertThat(records().letter(letter.ref())).contains(letter);
  }

  @Test
  void givesARefusedLetterBackWithItsProblems() {
    Letter refused =
        new Letter(
            ref(),
            Optional.empty(),
            "unknown-event",
            Optional.empty(),
            Optional.empty(),
            NOW,
            RecordSamples.digest("a"),
            RecordSamples.digest("b"),
            MediaType.FHIR_XML,
            LetterStatus.REFUSED,
            Optional.empty(),
            List.of(
                new Problem(RefusalReason.FIELD_MISSING, "MessageHeader.event"),
                new Problem(RefusalReason.FIELD_INVALID, "Bundle.id", "1 to 64, not 'x,\"{y}'")),
            Optional.of(LetterId.random()),
            Optional.of(ref()),
            Optional.empty(),
            1);
    commit(new Change.AddLetter(refused));
    assertThat(records().letter(refused.ref())).contains(refused);
  }

  @Test
  void raisesTheVersionOfALetterAtEachUpdate() {
    Letter letter = letter(ref());
    commit(new Change.AddLetter(letter));
    Letter ended = letter.with(LetterStatus.REFUSED_BY_RECEIVER, refusedBy(ref()));
    assertThat(commit(new Change.UpdateLetter(ended))).isEqualTo(Commit.DONE);
    assertThat(records().letter(letter.ref())).contains(ended.stored());
  }

  @Test
  void keepsTheReasonsOfADeadLetter() {
    Letter letter = letter(ref());
    Letter dead = letter.dead(List.of(new Problem(RefusalReason.NEVER_DELIVERED, "")));
    commit(new Change.AddLetter(letter));
    commit(new Change.UpdateLetter(dead));
    assertThat(records().letter(letter.ref())).contains(dead.stored());
  }

  @Test
  void refusesAnUpdateOfAnOldVersion() {
    Letter letter = letter(ref());
    commit(new Change.AddLetter(letter));
    commit(new Change.UpdateLetter(letter.with(LetterStatus.QUEUED)));
    assertThat(commit(new Change.UpdateLetter(letter.with(LetterStatus.DEAD))))
        .isEqualTo(Commit.STALE);
    assertThat(records().letter(letter.ref()).orElseThrow().status())
        .isEqualTo(LetterStatus.QUEUED);
  }

  @Test
  void writesAllOfAChangeOrNothing() {
    Letter first = letter(ref());
    OutboxRow row = row(first.ref(), MIDT, NOW);
    commit(new Change.AddLetter(first), new Change.AddRow(row));

    Letter second = letter(new LetterRef(ODENSE, LetterId.random()));
    CaseId caseId = CaseId.random();
    BundleId bundleId = BundleId.random();
    Commit result =
        commit(
            new Change.AddLetter(second),
            new Change.UpdateLetter(first.with(LetterStatus.QUEUED)),
            new Change.AddEnvelope(ODENSE, bundleId, second.ref()),
            new Change.PutContent(second.ref(), content(10)),
            new Change.AddCase(open(caseId, second.ref(), NOW), OptionalInt.of(1)),
            new Change.AddInboxItem(MIDT, second.ref(), NOW),
            new Change.AddTransmission(delivered(second.ref(), 1)),
            new Change.AddEvidence(Evidence.of(second, NOW, TimelineCode.RECORDED, "")),
            new Change.SetPaused(MIDT, true),
            new Change.AddRow(row));

    assertThat(result).isEqualTo(Commit.STALE);
    assertThat(records().letter(second.ref())).isEmpty();
    assertThat(records().letter(first.ref())).contains(first);
    assertThat(records().letterInEnvelope(ODENSE, bundleId)).isEmpty();
    assertThat(records().content(second.ref())).isEmpty();
    assertThat(records().certificateCase(caseId)).isEmpty();
    assertThat(records().transmissions(second.ref())).isEmpty();
    assertThat(records().evidence(second.chain())).isEmpty();
    assertThat(((Inbox) records()).items(MIDT, 0, 10)).isEmpty();
    assertThat(((Outbox) records()).paused()).isEmpty();
  }

  @Test
  void saysThatALetterExistsBeforeItSaysThatItsBundleDoes() {
    Letter letter = letter(ref());
    BundleId bundleId = letter.bundleId().orElseThrow();
    Change.Write[] writes = {
      new Change.AddEnvelope(AARHUS, bundleId, letter.ref()), new Change.AddLetter(letter)
    };
    assertThat(commit(writes)).isEqualTo(Commit.DONE);
    assertThat(commit(writes)).isEqualTo(Commit.LETTER_EXISTS);
  }

  @Test
  void saysThatABundleExists() {
    Letter letter = letter(ref());
    BundleId bundleId = BundleId.random();
    commit(new Change.AddLetter(letter), new Change.AddEnvelope(AARHUS, bundleId, letter.ref()));
    Letter other = letter(ref());
    assertThat(
            commit(
                new Change.AddLetter(other), new Change.AddEnvelope(AARHUS, bundleId, other.ref())))
        .isEqualTo(Commit.BUNDLE_EXISTS);
    assertThat(records().letterInEnvelope(AARHUS, bundleId)).contains(letter.ref());
    assertThat(records().letterInEnvelope(ODENSE, bundleId)).isEmpty();
  }

  @Test
  void tellsWhatIsKnownByALettersIdAndByItsEnvelopes() {
    Letter letter = letter(ref());
    BundleId bundleId = BundleId.random();
    commit(new Change.AddLetter(letter), new Change.AddEnvelope(AARHUS, bundleId, letter.ref()));
    Optional<Letter> found = records().letter(letter.ref());
    LetterRef other = ref();
    assertThat(records().known(letter.ref(), Optional.of(bundleId)))
        .isEqualTo(new Records.Known(found, Optional.of(letter.ref())));
    assertThat(records().known(letter.ref(), Optional.empty()))
        .isEqualTo(new Records.Known(found, Optional.empty()));
    assertThat(records().known(other, Optional.of(bundleId)))
        .isEqualTo(new Records.Known(Optional.empty(), Optional.of(letter.ref())));
    assertThat(records().known(other, Optional.of(BundleId.random())))
        .isEqualTo(new Records.Known(Optional.empty(), Optional.empty()));
  }

  @Test
  void saysThatACaseExists() {
    CaseId id = CaseId.random();
    commit(new Change.AddCase(open(id, ref(), NOW), OptionalInt.of(1)));
    assertThat(commit(new Change.AddCase(open(id, ref(), NOW), OptionalInt.of(1))))
        .isEqualTo(Commit.CASE_EXISTS);
  }

  @Test
  void saysThatARowIsStaleWhereItIsThereAlreadyOrGoneOrChanged() {
    OutboxRow row = row(ref(), MIDT, NOW);
    assertThat(commit(new Change.UpdateRow(row))).isEqualTo(Commit.STALE);
    commit(new Change.AddRow(row));
    assertThat(commit(new Change.AddRow(row))).isEqualTo(Commit.STALE);
    commit(new Change.UpdateRow(row.claimed(NOW)));
    assertThat(commit(new Change.RemoveRow(row))).isEqualTo(Commit.STALE);
    assertThat(commit(new Change.RemoveRow(row.claimed(NOW).stored()))).isEqualTo(Commit.DONE);
    assertThat(records().row(row.letter())).isEmpty();
  }

  @Test
  void givesARowBackAsItWasUpdated() {
    OutboxRow row = row(ref(), MIDT, NOW);
    commit(new Change.AddRow(row));
    OutboxRow retried = row.claimed(NOW).toRetry(NOW.plusSeconds(60), "CONNECTION_FAILED", true);
    commit(new Change.UpdateRow(retried));
    assertThat(records().row(row.letter())).contains(retried.stored());
  }

  @Test
  void letsExactlyOneOfTwoHundredCopiesIn() throws Exception {
    LetterRef ref = ref();
    List<Commit> results =
        Together.run(
            200,
            16,
            number -> {
              Letter copy = letter(ref);
              return commit(
                  new Change.AddLetter(copy),
                  new Change.AddEnvelope(AARHUS, copy.bundleId().orElseThrow(), ref),
                  new Change.PutContent(ref, content(100)),
                  new Change.AddRow(row(ref, MIDT, NOW)),
                  new Change.AddEvidence(Evidence.of(copy, NOW, TimelineCode.RECORDED, "")));
            });
    assertThat(results).filteredOn(Commit.DONE::equals).hasSize(1);
    assertThat(results).filteredOn(Commit.LETTER_EXISTS::equals).hasSize(199);
    assertThat(records().evidence("letter:" + ref)).hasSize(1);
    assertThat(records().envelopesOf(ref)).hasSize(1);
  }

  @Test
  void letsExactlyOneOfManyUpdatesOfOneVersionIn() throws Exception {
    OutboxRow row = row(ref(), MIDT, NOW);
    commit(new Change.AddRow(row));
    List<Commit> results =
        Together.run(50, 8, number -> commit(new Change.UpdateRow(row.claimed(NOW))));
    assertThat(results).filteredOn(Commit.DONE::equals).hasSize(1);
    assertThat(results).filteredOn(Commit.STALE::equals).hasSize(49);
  }

  @Test
  void linksEvidenceWithoutGapUnderParallelCommits() throws Exception {
    List<Commit> results =
        Together.run(
            120,
            8,
            number ->
                commit(
                    new Change.AddEvidence(entry("case:b", number)),
                    new Change.AddEvidence(entry("case:a", number)),
                    new Change.AddEvidence(entry("case:b", number + 1000))));
    assertThat(results).containsOnly(Commit.DONE);
    assertThat(records().evidence("case:a")).hasSize(120);
    assertThat(records().evidence("case:b")).hasSize(240);
    verifyChain(records().evidence("case:a"));
    verifyChain(records().evidence("case:b"));
  }

  @Test
  void commitsManyLettersInOneChange() {
    List<Letter> letters = new ArrayList<>();
    Change.Builder added = new Change.Builder();
    for (int i = 0; i < 20; i++) {
      Letter letter = letter(ref());
      letters.add(letter);
      added.add(new Change.AddLetter(letter)).add(new Change.AddRow(row(letter.ref(), MIDT, NOW)));
    }
    assertThat(records().commit(added.build())).isEqualTo(Commit.DONE);

    Change.Builder handedOver = new Change.Builder();
    for (Letter letter : letters) {
      handedOver
          .add(new Change.UpdateLetter(letter.with(LetterStatus.QUEUED)))
          .add(new Change.UpdateRow(row(letter.ref(), MIDT, NOW).handedOver(NOW.plusSeconds(30))))
          .add(new Change.AddEvidence(Evidence.of(letter, NOW, TimelineCode.QUEUED, "")));
    }
    assertThat(records().commit(handedOver.build())).isEqualTo(Commit.DONE);
    assertThat(records().commit(handedOver.build())).isEqualTo(Commit.STALE);
    for (Letter letter : letters) {
      assertThat(records().letter(letter.ref()).orElseThrow().status())
          .isEqualTo(LetterStatus.QUEUED);
      verifyChain(records().evidence(letter.chain()));
      assertThat(records().evidence(letter.chain())).hasSize(1);
    }
  }

  @Test
  void doesNotDeadlockWhereChangesNameTheSameRowsInAnotherOrder() throws Exception {
    Letter one = letter(ref());
    Letter two = letter(ref());
    commit(new Change.AddLetter(one), new Change.AddLetter(two));
    List<Commit> results =
        Together.run(
            100,
            8,
            number -> {
              Letter first = records().letter((number % 2 == 0 ? one : two).ref()).orElseThrow();
              Letter second = records().letter((number % 2 == 0 ? two : one).ref()).orElseThrow();
              return commit(new Change.UpdateLetter(first), new Change.UpdateLetter(second));
            });
    long done = results.stream().filter(Commit.DONE::equals).count();
    assertThat(results).isSubsetOf(Commit.DONE, Commit.STALE);
    assertThat(records().letter(one.ref()).orElseThrow().version()).isEqualTo(1 + (int) done);
    assertThat(records().letter(two.ref()).orElseThrow().version()).isEqualTo(1 + (int) done);
  }

  @Test
  void keepsContentOfThreeMegabytesByteForByte() {
    LetterRef ref = ref();
    SealedContent content = content(3 * 1024 * 1024 + 17);
    commit(new Change.AddLetter(letter(ref)), new Change.PutContent(ref, content));
    SealedContent found = records().content(ref).orElseThrow();
    assertThat(records().contentSize(ref)).isEqualTo(found.bytes().length);
    assertThat(records().contentSize(ref())).isZero();
    assertThat(found.bytes()).isEqualTo(content.bytes());
    assertThat(found.mediaType()).isEqualTo(content.mediaType());
  }

  @Test
  void putsNewContentInPlaceOfTheOld() {
    LetterRef ref = ref();
    commit(new Change.AddLetter(letter(ref)), new Change.PutContent(ref, content(2_500_000)));
    SealedContent shorter = content(7);
    commit(new Change.PutContent(ref, shorter));
    assertThat(records().content(ref).orElseThrow().bytes()).isEqualTo(shorter.bytes());
  }

  @Test
  void keepsWhatTheSenderSignedUntilAnotherTakesItsPlaceOrTheContentGoes() {
    LetterRef ref = ref();
    SealedContent signature = new SealedContent(MediaType.CMS, content(1_500_000).bytes());
    commit(
        new Change.AddLetter(letter(ref)),
        new Change.PutContent(ref, content(7)),
        new Change.PutSignature(ref, signature));
    assertThat(records().signature(ref).orElseThrow().bytes()).isEqualTo(signature.bytes());

    SealedContent another = new SealedContent(MediaType.CMS, content(17).bytes());
    commit(new Change.PutSignature(ref, another));
    assertThat(records().signature(ref).orElseThrow().bytes()).isEqualTo(another.bytes());

    commit(new Change.DropContent(ref));
    assertThat(records().signature(ref)).isEmpty();
  }

  @Test
  void keepsEmptyContent() {
    LetterRef ref = ref();
    commit(new Change.PutContent(ref, content(0)));
    assertThat(records().content(ref).orElseThrow().bytes()).isEmpty();
  }

  @Test
  void listsTheEnvelopesAndAttemptsOfALetterOldestFirst() {
    LetterRef ref = ref();
    List<BundleId> envelopes = new ArrayList<>();
    List<Transmission> attempts = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      BundleId bundleId = BundleId.random();
      envelopes.add(bundleId);
      Transmission attempt = i < 3 ? failed(ref, i) : delivered(ref, i);
      attempts.add(attempt);
      commit(new Change.AddEnvelope(AARHUS, bundleId, ref), new Change.AddTransmission(attempt));
    }
    assertThat(records().envelopesOf(ref)).containsExactlyElementsOf(envelopes);
    assertThat(records().transmissions(ref)).containsExactlyElementsOf(attempts);
  }

  @Test
  void findsEverySendersLetterWithAnId() {
    LetterId id = LetterId.random();
    Letter aarhus = letter(new LetterRef(AARHUS, id));
    Letter odense = letter(new LetterRef(ODENSE, id));
    commit(new Change.AddLetter(odense));
    assertThat(commit(new Change.AddLetter(aarhus))).isEqualTo(Commit.DONE);
    assertThat(records().letters(id)).containsExactly(aarhus, odense);
  }

  @Test
  void findsThoseOfManyLettersThatThereAre() {
    LetterId id = LetterId.random();
    Letter aarhus = letter(new LetterRef(AARHUS, id));
    Letter other = letter(ref());
    commit(new Change.AddLetter(aarhus));
    commit(new Change.AddLetter(other));
    assertThat(records().letters(List.of(other.ref(), aarhus.ref(), new LetterRef(ODENSE, id))))
        .isEqualTo(Map.of(aarhus.ref(), aarhus, other.ref(), other));
    assertThat(records().letters(List.of())).isEmpty();
  }

  @Test
  void listsTheLettersOfACaseOldestFirst() {
    CaseId id = CaseId.random();
    Letter later = letter(ref(), Optional.of(id), NOW.plusSeconds(5), LetterStatus.RECORDED);
    Letter earlier = letter(ref(), Optional.of(id), NOW, LetterStatus.RECORDED);
    commit(new Change.AddLetter(later));
    commit(new Change.AddLetter(earlier));
    assertThat(records().lettersOf(id)).containsExactly(earlier, later);
  }

  private static void verifyChain(List<EvidenceLink> chain) {
    Digest previous = Evidence.START;
    long sequence = 1;
    for (EvidenceLink link : chain) {
      assertThat(link.sequence()).isEqualTo(sequence);
      assertThat(link.hash()).isEqualTo(link.entry().hashAfter(previous, sequence));
      previous = link.hash();
      sequence++;
    }
  }

  private static Evidence entry(String chain, int number) {
    return new Evidence(
        chain, NOW.plusNanos(number), TimelineCode.DELIVERED, Optional.empty(), "n" + number);
  }

  private static Transmission delivered(LetterRef ref, int attempt) {
    return new Transmission(
        ref, BundleId.random(), attempt, NOW, Transmission.Outcome.DELIVERED, "", Optional.empty());
  }

  private static Transmission failed(LetterRef ref, int attempt) {
    return new Transmission(
        ref,
        BundleId.random(),
        attempt,
        NOW,
        Transmission.Outcome.TRANSIENT_FAILURE,
        "HTTP_503",
        Optional.of(NOW.plusSeconds(60)));
  }

  private static SealedContent content(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return new SealedContent(MediaType.FHIR_XML, bytes);
  }

  private Commit commit(Change.Write... writes) {
    return records().commit(new Change(List.of(writes)));
  }
}
