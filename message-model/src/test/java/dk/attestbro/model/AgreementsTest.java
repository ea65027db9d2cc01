package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.FhirForms;
import dk.attestbro.fhir.SampleDirectory;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final Form PSYK125 = new FhirForms().find("PSYK125").orElseThrow();
  private static final Party AARHUS = SampleDirectory.AARHUS;
  private static final Party ODENSE = SampleDirectory.ODENSE;
  private static final Party MIDT = SampleDirectory.MIDT;
  private static final Party SYD = SampleDirectory.SYD;

  private final Agreements agreements =
      Agreements.of(
          List.of(
              agreement("region", Optional.empty(), Set.of()),
              agreement("region-form", Optional.empty(), Set.of("PSYK125")),
              agreement("aarhus", Optional.of("0751"), Set.of()),
              agreement("aarhus-form", Optional.of("0751"), Set.of("PSYK125"))));

  @Test
  void theMostSpecificAgreementDecides() {
    assertThat(between(AARHUS, MIDT, "PSYK125")).isEqualTo("aarhus-form");
    assertThat(between(AARHUS, MIDT, "LAE125")).isEqualTo("aarhus");
    assertThat(between(ODENSE, MIDT, "PSYK125")).isEqualTo("region-form");
    assertThat(between(ODENSE, MIDT, "LAE125")).isEqualTo("region");
    assertThat(between(AARHUS, SYD, "PSYK125")).isEmpty();
  }

  @Test
  void anAgreedRuleStandsInPlaceOfTheFormsOwnAsLongAsItIsValid() {
    assertThat(agreements.ruleFor(PSYK125, AARHUS, MIDT, TODAY).reference())
        .isEqualTo("aarhus-form/1");
    assertThat(agreements.ruleFor(PSYK125, AARHUS, MIDT, LocalDate.of(2025, 12, 31)).reference())
        .isEqualTo("PSYK125-14D/1");
    assertThat(agreements.ruleFor(PSYK125, AARHUS, SYD, TODAY).reference())
        .isEqualTo("PSYK125-14D/1");
    assertThat(Agreements.NONE.ruleFor(PSYK125, AARHUS, MIDT, TODAY).reference())
        .isEqualTo("PSYK125-14D/1");
  }

  @Test
  void theFollowUpIsTheDefaultWhereNothingIsAgreed() {
    assertThat(agreements.followUpFor(PSYK125, AARHUS, MIDT))
        .isEqualTo(new FollowUpSchedule(0, 2, 0, 0));
    assertThat(agreements.followUpFor(PSYK125, AARHUS, SYD))
        .isEqualTo(new FollowUpSchedule(3, 1, 7, 14));
  }

  @Test
  void aHospitalNotificationIsFollowedUpWhereTheMostSpecificAgreementForAllFormsSaysSo() {
    assertThat(agreements.followingHospitalNotifications(AARHUS, MIDT).map(Agreement::id))
        .contains("aarhus");
    assertThat(agreements.followingHospitalNotifications(ODENSE, MIDT)).isEmpty();
    assertThat(agreements.followingHospitalNotifications(AARHUS, SYD)).isEmpty();
    assertThat(Agreements.NONE.followingHospitalNotifications(AARHUS, MIDT)).isEmpty();
  }

  private String between(Party requester, Party responder, String form) {
    return agreements.between(requester, responder, form).map(Agreement::id).orElse("");
  }

  private static Agreement agreement(String id, Optional<String> municipality, Set<String> forms) {
    return new Agreement(
        id,
        "1082",
        municipality,
        forms,
        List.of(
            new DeadlineRule(
                id,
                1,
                List.of(
                    new DeadlineRule.Limit(
                        DeadlineRule.StartEvent.RECEIVED, 10, DeadlineRule.Unit.WORKING_DAYS)),
                true,
                false,
                LocalDate.of(2026, 1, 1),
                Optional.empty())),
        new FollowUpSchedule(0, 2, 0, 0),
        Optional.empty(),
        forms.isEmpty() && municipality.isPresent());
  }
}
