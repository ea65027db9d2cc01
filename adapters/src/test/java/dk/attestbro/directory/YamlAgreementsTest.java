package dk.attestbro.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dk.attestbro.calendar.DanishCalendar;
import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Agreement;
import dk.attestbro.model.ClosingDays;
import dk.attestbro.model.FollowUpSchedule;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Party;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlAgreementsTest {
  private static final Forms FORMS = new FhirForms();
  private static final Form PSYK125 = FORMS.find("PSYK125").orElseThrow();
  private static final Duration POLL = Duration.ofMillis(20);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final Party AARHUS = SampleDirectory.AARHUS;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final String GOOD =
      """
      closingDays:
        grundlovsdag: false
        newYearsEve: true
        ascensionFriday: true
        dates: [2026-10-14]
        everyYear: ["12-23"]
      agreements:
        - id: midt-aarhus
          region: "1082"
          municipality: "0751"
          forms: [PSYK125, LÆ125]
          deadline:
            id: MIDT-10W
            version: 1
            rollForward: true
            validFrom: 2026-01-01
            limits: [{start: RECEIVED, length: 10, unit: WORKING_DAYS}]
          followUp: {noticeDaysBefore: 0, reminderDaysAfter: 10}
          contact: attest@example.dk
        - id: midt
          region: "1082"
          dischargeFollowUp: {hospitalNotification: true}
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("agreements.yaml");
  }

  @Test
  void readsWhatIsAgreed() throws IOException {
    AgreementReader.Reading reading = read(GOOD);

    assertThat(reading.closingDays())
        .isEqualTo(
            new ClosingDays(
                false,
                true,
                true,
                false,
                true,
                Set.of(LocalDate.of(2026, 10, 14)),
                Set.of(MonthDay.of(12, 23))));
    assertThat(reading.agreements())
        .extracting(Agreement::id)
        .containsExactly("midt-aarhus", "midt");
    Agreement agreement = reading.agreements().get(0);
    assertThat(agreement.forms()).containsExactlyInAnyOrder("PSYK125", "LAE125");
    assertThat(agreement.followUp()).isEqualTo(new FollowUpSchedule(0, 1, 10, 14));
    assertThat(agreement.contact()).contains("attest@example.dk");
    assertThat(agreement.deadlineRuleOn(TODAY).orElseThrow().rollForward()).isTrue();
    assertThat(agreement.followsHospitalNotifications()).isFalse();
    assertThat(reading.agreements().get(1).followUp()).isEqualTo(FollowUpSchedule.DEFAULT);
    assertThat(reading.agreements().get(1).followsHospitalNotifications()).isTrue();
  }

  @Test
  void anAbsentOrEmptyFileAgreesNothing() throws IOException {
    assertThat(new AgreementReader(file, FORMS).read().agreements()).isEmpty();
    assertThat(read("# nothing\n").closingDays()).isEqualTo(ClosingDays.DEFAULT);
  }

  @Test
  void namesEveryMistakeAtOnce() {
    assertThat(
            mistakes(
                """
                closingDays: {grundlovsdag: often, dates: [soon], everyYear: [13-40]}
                agreements:
                  - id: a
                    region: 1082
                    forms: [LÆ999]
                    contact: nobody
                    dischargeFollowUp: {hospitalNotification: perhaps, careCommunication: true}
                  - id: b
                    region: "1082"
                    municipality: "7"
                    forms: []
                    followUp: {noticeDaysBefore: -1, later: 3}
                    deadline:
                      id: B
                      validFrom: yesterday
                      limits: [{start: BIRTH, length: x, unit: WEEKS}]
                  - id: c
                    region: "1083"
                    deadline: {id: C, version: 1, validFrom: 2026-02-01, validTo: 2026-01-01}
                """))
        .containsExactlyInAnyOrder(
            "closingDays.grundlovsdag",
            "closingDays.dates[0]",
            "closingDays.everyYear[0]",
            "agreements[0] (a).region",
            "agreements[0] (a).forms[0]",
            "agreements[0] (a).contact",
            "agreements[0] (a).dischargeFollowUp",
            "agreements[0] (a).dischargeFollowUp.hospitalNotification",
            "agreements[0] (a).dischargeFollowUp.careCommunication",
            "agreements[1] (b).municipality",
            "agreements[1] (b).forms",
            "agreements[1] (b).followUp.later",
            "agreements[1] (b).followUp.noticeDaysBefore",
            "agreements[1] (b).deadline.version",
            "agreements[1] (b).deadline.validFrom",
            "agreements[1] (b).deadline.limits[0].start",
            "agreements[1] (b).deadline.limits[0].length",
            "agreements[1] (b).deadline.limits[0].unit",
            "agreements[2] (c).deadline.validTo");
  }

  @Test
  void refusesAnUnknownFormADuplicateAndARuleWithTwoMeanings() {
    assertThat(
            invalid(
                    """
                    agreements:
                      - {id: a, region: "1082", forms: [PSYK125, LÆ999]}
                      - {id: b, region: "1082", forms: [PSYK125]}
                      - {id: b, region: "1083"}
                      - id: c
                        region: "1084"
                        deadline:
                          - {id: PSYK125-14D, version: 1, validFrom: 2026-01-01,
                             limits: [{start: RECEIVED, length: 20, unit: CALENDAR_DAYS}]}
                    """)
                .getMessage())
        .contains("FORM_UNKNOWN: there is no form 'LÆ999'")
        .contains("agreements[1] (b).forms: AGREEMENT_DUPLICATE: 'a' covers the same for PSYK125")
        .contains("agreements[2] (b).id: AGREEMENT_DUPLICATE: stands twice")
        .contains("RULE_DUPLICATE: PSYK125-14D/1 is another rule");
  }

  @Test
  void readsAChangedFileAgainAndKeepsTheOldOneWhereTheNewIsBad() throws IOException {
    try (YamlAgreements agreements = new YamlAgreements(file, FORMS, DanishCalendar::new, POLL)) {
      assertThat(reference(agreements)).isEqualTo("PSYK125-14D/1");
      assertThat(agreements.calendar().isWorkingDay(LocalDate.of(2026, 10, 14))).isTrue();

      Files.writeString(file, GOOD);
      await().until(() -> reference(agreements).equals("MIDT-10W/1"));
      assertThat(agreements.calendar().isWorkingDay(LocalDate.of(2026, 10, 14))).isFalse();

      Files.writeString(file, GOOD.replace("MIDT-10W", "MIDT-5W").replace("region:", "regoin:"));
      await().during(POLL.multipliedBy(5)).until(() -> reference(agreements).equals("MIDT-10W/1"));
    }
  }

  @Test
  void letsNoRuleInForceChangeItsWordsWithoutANewVersion() throws IOException {
    Files.writeString(file, GOOD);
    try (YamlAgreements agreements = new YamlAgreements(file, FORMS, DanishCalendar::new, POLL)) {
      Files.writeString(file, GOOD.replace("length: 10", "length: 12"));
      await().during(POLL.multipliedBy(5)).until(() -> length(agreements) == 10);

      Files.writeString(
          file, GOOD.replace("length: 10", "length: 12").replace("version: 1", "version: 2"));
      await().until(() -> length(agreements) == 12);
      assertThat(reference(agreements)).isEqualTo("MIDT-10W/2");
    }
  }

  private static String reference(YamlAgreements agreements) {
    return agreements.current().ruleFor(PSYK125, AARHUS, MIDT, TODAY).reference();
  }

  private static int length(YamlAgreements agreements) {
    return agreements.current().ruleFor(PSYK125, AARHUS, MIDT, TODAY).limits().get(0).length();
  }

  private AgreementReader.Reading read(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return new AgreementReader(file, FORMS).read();
  }

  private DirectoryInvalid invalid(String yaml) {
    return catchThrowableOfType(DirectoryInvalid.class, () -> read(yaml));
  }

  private List<String> mistakes(String yaml) {
    return invalid(yaml).mistakes().stream().map(DirectoryInvalid.Mistake::where).toList();
  }
}
