package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.HospitalDischarge;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HospitalDischargeTest {
  private static final Instant NOW = Instant.parse("2026-10-26T08:00:00Z");
  private static final HospitalNotification DISCHARGED =
      HospitalNotification.discharged(
          NOW, SampleDirectory.MIDT, SampleDirectory.ODENSE, "2026-10-26T09:00:00+01:00");

  @ParameterizedTest
  @EnumSource(names = {"FHIR_JSON", "FHIR_XML"})
  void readsWhoWentHomeOnWhichDay(MediaType type) {
    assertThat(read(DISCHARGED.payload(type)))
        .contains(
            new HospitalDischarge.Told(
                Messages.citizen(), LocalDate.of(2026, 10, 26), Optional.empty()));
  }

  @Test
  void countsTheDayInDenmark() {
    assertThat(read(DISCHARGED.revised("2026-10-31T23:30:00Z")))
        .contains(
            new HospitalDischarge.Told(
                Messages.citizen(), LocalDate.of(2026, 11, 1), Optional.of(DISCHARGED.letterId())));
  }

  @Test
  void readsThatItIsCancelled() {
    assertThat(read(DISCHARGED.cancelled()))
        .contains(new HospitalDischarge.Cancelled(Optional.of(DISCHARGED.letterId())));
  }

  /** The other rows of MedCom's overview of codes, and what contradicts it. */
  @ParameterizedTest
  @CsvSource({
    "admit-inpatient, INPROGRESS, IMP",
    "revise-admit-inpatient, INPROGRESS, IMP",
    "cancel-admit-inpatient, ENTEREDINERROR, IMP",
    "start-leave-inpatient, ONLEAVE, IMP",
    "end-leave-inpatient, INPROGRESS, IMP",
    "cancel-end-leave-inpatient, ONLEAVE, IMP",
    "admit-emergency, INPROGRESS, EMER",
    "discharge-emergency-home, FINISHED, EMER",
    "cancel-discharge-emergency-home, INPROGRESS, EMER",
    "discharge-inpatient-home, INPROGRESS, IMP",
    "discharge-inpatient-home, FINISHED, EMER",
    "cancel-discharge-inpatient-home, FINISHED, IMP",
  })
  void readsNothingElseAsADischarge(String activity, EncounterStatus status, String stayClass) {
    assertThat(read(DISCHARGED.as(activity, status, stayClass))).isEmpty();
  }

  @Test
  void readsNoDischargeOfAPatientWhoHasDied() {
    assertThat(read(DISCHARGED.ofTheDead())).isEmpty();
  }

  @Test
  void readsNoDischargeWithoutADay() {
    HospitalNotification withoutEnd =
        DISCHARGED.cancelled().as("discharge-inpatient-home", EncounterStatus.FINISHED, "IMP");

    assertThat(read(withoutEnd)).isEmpty();
  }

  @Test
  void readsNoOtherEvent() {
    assertThat(read(Messages.GOLDEN.dischargeNotice(MediaType.FHIR_JSON))).isEmpty();
  }

  @Test
  void showsNobody() {
    assertThat(read(DISCHARGED).orElseThrow().toString()).isEqualTo("Told[]");
  }

  @Test
  void isAnsweredByAnOutcomeThatIsWhole() {
    MessageReading told = Messages.READER.read(DISCHARGED.payload(MediaType.FHIR_JSON));
    Payload outcome =
        Messages.WRITER.letter(
            new LetterDraft(
                LetterId.random(),
                BundleId.random(),
                NOW,
                SampleDirectory.ODENSE,
                SampleDirectory.MIDT,
                false,
                CaseId.random(),
                new LetterContent.MentorOutcome("OFFERED_ACCEPTED", ""),
                Optional.of(told),
                Optional.empty()),
            MediaType.FHIR_JSON);

    MessageReading read = Messages.READER.read(outcome);

    assertThat(Validators.OWN.validate(read, NOW, OptionalInt.empty()).problems()).isEmpty();
    assertThat(read.event()).contains(EventCode.MENTOR_OUTCOME);
    assertThat(new String(outcome.bytes(), StandardCharsets.UTF_8))
        .contains("MessageHeader/" + DISCHARGED.letterId().value(), "2509479989");
  }

  @Test
  void readsNoDischargeInTheNotificationsThatMedComPublishesOfAdmissionAndLeave()
      throws IOException {
    assumeTrue(
        Validators.medcom().isPresent(),
        "skipped: MedCom's packages and examples are not at ../shared/medcom (ATTESTBRO_SHARED)");
    for (Path file : published()) {
      assertThat(read(new Payload(Files.readAllBytes(file), MediaType.FHIR_JSON)))
          .as(file.toString())
          .isEmpty();
    }
  }

  /** The published admission in the codes of the published Provenance of a discharge (SLHJ). */
  @Test
  void readsThePublishedAdmissionOnceItIsADischarge() throws IOException {
    assumeTrue(
        Validators.medcom().isPresent(),
        "skipped: MedCom's packages and examples are not at ../shared/medcom (ATTESTBRO_SHARED)");
    Payload admission =
        new Payload(
            Files.readAllBytes(
                published().stream()
                    .filter(f -> f.toString().contains("a5e5b880"))
                    .findFirst()
                    .get()),
            MediaType.FHIR_JSON);
    Payload ended = Messages.broken(admission, "\"in-progress\"", "\"finished\"");
    Payload home = Messages.broken(ended, "\"admit-inpatient\"", "\"discharge-inpatient-home\"");
    Payload discharged =
        Messages.broken(
            home,
            "\"start\":\"2022-12-07T12:00:00+02:00\"",
            "\"start\":\"2022-12-07T12:00:00+02:00\",\"end\":\"2022-12-18T09:45:30+02:00\"");

    assertThat(read(discharged))
        .hasValueSatisfying(
            says -> {
              assertThat(says).isInstanceOf(HospitalDischarge.Told.class);
              assertThat(((HospitalDischarge.Told) says).date())
                  .isEqualTo(LocalDate.of(2022, 12, 18));
            });
  }

  private static List<Path> published() throws IOException {
    Path folder = Validators.medcom().orElseThrow().resolve("examples/hospitalnotification-3.0.2");
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Optional<HospitalDischarge> read(HospitalNotification notification) {
    return read(notification.payload(MediaType.FHIR_JSON));
  }

  private static Optional<HospitalDischarge> read(Payload message) {
    return Messages.READER.read(message).hospitalDischarge();
  }
}
