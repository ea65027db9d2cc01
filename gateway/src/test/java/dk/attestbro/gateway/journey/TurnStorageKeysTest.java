package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.EvidenceLink;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.KeptDraft;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TurnStorageKeysTest {
  private static final Duration PERIOD = Duration.ofDays(90);

  private static final DraftContent NOTHING = new DraftContent(Map.of(), List.of());
  private static final KeptDraft.Subject SUBJECT =
      new KeptDraft.Subject(
          SampleDirectory.ODENSE.id(),
          KeptDraft.Kind.REQUEST,
          "psyk125",
          Optional.empty(),
          Optional.empty());

  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void makesANewKeyWhenThePeriodIsOverAndSaysThatItMustBeBackedUp() {
    gateway.turnStorageKeys.due();
    gateway.clock.pass(PERIOD.minusMinutes(1));
    gateway.turnStorageKeys.due();
    assertThat(gateway.storageKeys).containsExactly(1);
    assertThat(gateway.alarms).isEmpty();
    gateway.clock.pass(Duration.ofMinutes(1));

    gateway.turnStorageKeys.due();
    gateway.turnStorageKeys.due();

    assertThat(gateway.storageKeys).containsExactly(2, 1);
    assertThat(gateway.alarms).containsExactly("STORAGE_KEY_MADE 2");
  }

  @Test
  void keepsAKeyOfThePastAsLongAsAContentNeedsItAndDestroysItThen() {
    LetterRef ref = acknowledgedNotice();
    gateway.turnStorageKeys.due();
    gateway.clock.pass(PERIOD);
    gateway.turnStorageKeys.due();
    gateway.clock.pass(Duration.ofDays(2));

    assertThat(gateway.turnStorageKeys.due()).isZero();
    assertThat(gateway.openLetter.open(ref)).isPresent();
    gateway.deleteContent.due();
    assertThat(gateway.turnStorageKeys.due()).isEqualTo(1);

    assertThat(gateway.storageKeys).containsExactly(2);
    assertThat(said())
        .containsExactly("STORAGE_KEY_MADE 1", "STORAGE_KEY_MADE 2", "STORAGE_KEY_DESTROYED 1");
  }

  @Test
  void keepsAKeyOfThePastAsLongAsADraftNeedsIt() {
    KeepDrafts keep =
        new KeepDrafts(
            gateway.drafts, gateway.sealing, new KeepDrafts.Limits(1, 1_000), gateway.clock);
    KeptDraft draft = keep.save(Optional.empty(), SUBJECT, "anna", NOTHING).draft();
    gateway.turnStorageKeys.due();
    gateway.clock.pass(PERIOD);
    gateway.turnStorageKeys.due();
    gateway.clock.pass(Duration.ofDays(2));

    assertThat(gateway.turnStorageKeys.due()).isZero();
    assertThat(keep.open(draft).content()).isEqualTo(NOTHING);
    new DeleteDrafts(gateway.drafts, Period.ofDays(30), gateway.clock).due();
    assertThat(gateway.turnStorageKeys.due()).isEqualTo(1);

    assertThat(gateway.drafts.count(SUBJECT.party())).isZero();
  }

  @Test
  void destroysNoKeyBeforeEveryNodeKnowsItsSuccessor() {
    gateway.turnStorageKeys.due();
    gateway.clock.pass(PERIOD);
    gateway.turnStorageKeys.due();
    gateway.clock.pass(Duration.ofHours(23));

    assertThat(gateway.turnStorageKeys.due()).isZero();
    gateway.clock.pass(Duration.ofHours(1));
    assertThat(gateway.turnStorageKeys.due()).isEqualTo(1);
  }

  private LetterRef acknowledgedNotice() {
    Payload notice = messages.dischargeNotice(MediaType.FHIR_JSON);
    gateway.post(SampleDirectory.MIDT, notice);
    gateway.deliverAll();
    gateway.post(
        SampleDirectory.ODENSE,
        messages.acknowledgement(notice, AcknowledgementCode.OK, MediaType.FHIR_JSON));
    gateway.deliverAll();
    return TestGateway.ref(SampleDirectory.MIDT, notice);
  }

  private List<String> said() {
    return gateway.records.evidence(TurnStorageKeys.CHAIN).stream()
        .map(EvidenceLink::entry)
        .map(entry -> entry.code() + " " + entry.detail())
        .toList();
  }
}
