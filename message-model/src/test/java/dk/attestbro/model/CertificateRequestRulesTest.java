package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.FhirForms;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateRequestRulesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final Forms FORMS = new FhirForms();

  private String form = "LÆ125";
  private Optional<Citizen> citizen = Optional.of(cpr("2509479989"));
  private String purpose = "purpose";
  private List<String> questions = List.of("one?", "two?");
  private String facts = "";
  private Optional<Consent> consent = Optional.of(consent("2026-11-01", "2027-10-31", "scope"));
  private Optional<Contact> contact = Optional.of(new Contact("name", "+45 87 65 43 21"));
  private String reference = "";
  private Optional<LocalDate> wishedBy = Optional.empty();
  private Optional<LocalDate> caseStartedOn = Optional.empty();

  @Test
  void acceptsARequestThatHasEverything() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void refusesAnUnknownForm() {
    form = "LÆ999";
    assertThat(problems()).containsExactly("FORM_UNKNOWN form");
  }

  @Test
  void refusesAFormThatIsNotYetValid() {
    List<Problem> problems =
        CertificateRequestRules.check(request(), FORMS, LocalDate.of(2022, 12, 31));
    assertThat(problems).extracting(Problem::reason).contains(RefusalReason.FORM_NOT_VALID);
  }

  @Test
  void refusesARequestWithoutACitizen() {
    citizen = Optional.empty();
    assertThat(problems()).containsExactly("CITIZEN_MISSING citizen");
  }

  @Test
  void acceptsTheTestPersonsOfTheRegistryWhateverTheirModulus() {
    for (String id : List.of("2509479989", "0201609995", "0201609996", "0504909995")) {
      citizen = Optional.of(cpr(id));
      assertThat(problems()).isEmpty();
    }
  }

  @Test
  void refusesACprOfAnotherShapeOrOfNoDay() {
    for (String id :
        List.of("250947998", "25094799890", "3202479989", "3104139989", "250947-9989")) {
      citizen = Optional.of(cpr(id));
      assertThat(problems()).containsExactly("CPR_INVALID citizen.cpr");
    }
  }

  @Test
  void acceptsReplacementNumbersAndRefusesOtherShapes() {
    citizen = Optional.of(xEcpr("0703921VJ4"));
    assertThat(problems()).isEmpty();
    citizen = Optional.of(xEcpr("0703922VJ4"));
    assertThat(problems()).containsExactly("CITIZEN_ID_INVALID citizen.xEcpr");
    citizen = Optional.of(dEcpr("urn:oid:1.2.208.176.1.6.1.3.82", "0703925VJ4"));
    assertThat(problems()).isEmpty();
    citizen = Optional.of(dEcpr("", "0703921VJ4"));
    assertThat(problems())
        .containsExactly(
            "CITIZEN_ID_INVALID citizen.dEcpr.system", "CITIZEN_ID_INVALID citizen.dEcpr.value");
  }

  @Test
  void refusesACitizenWithoutAFamilyName() {
    citizen =
        Optional.of(
            new Citizen(Citizen.IdKind.CPR, CitizenRules.CPR_SYSTEM, "2509479989", " ", List.of()));
    assertThat(problems()).containsExactly("FIELD_MISSING citizen.name.family");
  }

  @Test
  void refusesARequestWithoutAPurpose() {
    purpose = "";
    assertThat(problems()).containsExactly("PURPOSE_MISSING purpose");
  }

  @Test
  void refusesABlankQuestionAndTooMany() {
    questions = List.of("one?", " ");
    assertThat(problems()).containsExactly("FIELD_INVALID questions[1]");
    questions = Collections.nCopies(100, "again?");
    assertThat(problems()).containsExactly("FIELD_INVALID questions");
  }

  @Test
  void refusesARequestWithoutConsent() {
    consent = Optional.empty();
    assertThat(problems()).containsExactly("CONSENT_MISSING consent");
  }

  @Test
  void refusesConsentWithoutDatesAndScope() {
    consent =
        Optional.of(
            new Consent(Consent.Basis.SUL_43_1, Optional.empty(), Optional.empty(), "", ""));
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "CONSENT_MISSING consent.givenAt",
            "CONSENT_MISSING consent.validUntil",
            "CONSENT_MISSING consent.scope");
  }

  @Test
  void refusesConsentThatExpiredYesterday() {
    consent = Optional.of(consent("2026-01-01", "2026-11-22", "scope"));
    assertThat(problems()).containsExactly("CONSENT_EXPIRED consent.validUntil");
  }

  @Test
  void acceptsConsentOnItsLastDay() {
    consent = Optional.of(consent("2026-01-01", "2026-11-23", "scope"));
    assertThat(problems()).isEmpty();
  }

  @Test
  void refusesConsentGivenTomorrow() {
    consent = Optional.of(consent("2026-11-24", "2027-01-01", "scope"));
    assertThat(problems()).containsExactly("CONSENT_IN_FUTURE consent.givenAt");
  }

  @Test
  void refusesConsentForMoreThanAYear() {
    consent = Optional.of(consent("2026-11-01", "2027-11-02", "scope"));
    assertThat(problems()).containsExactly("CONSENT_TOO_LONG consent.validUntil");
    consent = Optional.of(consent("2026-11-01", "2027-11-01", "scope"));
    assertThat(problems()).isEmpty();
  }

  @Test
  void asksForAJustificationWhereThereIsNoConsent() {
    consent =
        Optional.of(
            new Consent(Consent.Basis.SUL_43_2_1, Optional.empty(), Optional.empty(), "", ""));
    assertThat(problems()).containsExactly("CONSENT_MISSING consent.justification");
  }

  @Test
  void refusesARequestWithoutAContact() {
    contact = Optional.empty();
    assertThat(problems()).containsExactly("CONTACT_MISSING contact");
  }

  @Test
  void refusesAContactWithoutNameOrUsablePhone() {
    contact = Optional.of(new Contact("", "ring"));
    assertThat(problems())
        .containsExactly("CONTACT_MISSING contact.name", "PHONE_MISSING contact.phone");
  }

  @Test
  void takesPhoneNumbersWithAndWithoutCountryCode() {
    assertThat(List.of("87654321", "87 65 43 21", "+4587654321", "+46 8 123 456 78"))
        .allMatch(CertificateRequestRules::isPhone);
    assertThat(List.of("", "8765432", "+0012345678", "87-65-43-21"))
        .noneMatch(CertificateRequestRules::isPhone);
  }

  @Test
  void refusesTextsThatAreTooLongOrThatXmlCannotCarry() {
    reference = "x".repeat(201);
    assertThat(problems()).containsExactly("FIELD_INVALID reference");
    reference = "\u0000";
    assertThat(problems()).containsExactly("FIELD_INVALID reference");
    reference = "æ\t\n";
    assertThat(problems()).isEmpty();
  }

  @Test
  void refusesADateThatLeavesTheDoctorLessThanEightDaysWhereItSetsTheDeadline() {
    form = "LÆ285";
    wishedBy = Optional.of(LocalDate.of(2026, 11, 30));
    assertThat(problems()).containsExactly("FIELD_INVALID wishedBy");
    wishedBy = Optional.of(LocalDate.of(2026, 12, 1));
    assertThat(problems()).isEmpty();
    form = "LÆ125";
    wishedBy = Optional.of(LocalDate.of(2026, 11, 30));
    assertThat(problems()).isEmpty();
  }

  @Test
  void tellsEveryProblemAtOnceAndNeverShowsContent() {
    form = "x";
    citizen = Optional.of(cpr("secret"));
    purpose = "";
    contact = Optional.empty();
    assertThat(problems()).hasSize(4);
    assertThat(CertificateRequestRules.check(request(), FORMS, TODAY).toString())
        .doesNotContain("secret");
  }

  private List<String> problems() {
    return CertificateRequestRules.check(request(), FORMS, TODAY).stream()
        .map(p -> p.reason() + " " + p.path())
        .toList();
  }

  @Test
  void refusesACaseThatHasNotBegun() {
    caseStartedOn = Optional.of(TODAY);
    assertThat(problems()).isEmpty();
    caseStartedOn = Optional.of(TODAY.plusDays(1));
    assertThat(problems()).containsExactly("DATES_IN_WRONG_ORDER caseStartedOn");
  }

  private CertificateRequest request() {
    return new CertificateRequest(
        form,
        citizen,
        purpose,
        questions,
        facts,
        consent,
        contact,
        reference,
        wishedBy,
        caseStartedOn);
  }

  private static Citizen cpr(String id) {
    return new Citizen(Citizen.IdKind.CPR, CitizenRules.CPR_SYSTEM, id, "Elmer", List.of("Bruno"));
  }

  private static Citizen xEcpr(String id) {
    return new Citizen(Citizen.IdKind.X_ECPR, CitizenRules.X_ECPR_SYSTEM, id, "Elmer", List.of());
  }

  private static Citizen dEcpr(String system, String id) {
    return new Citizen(Citizen.IdKind.D_ECPR, system, id, "Elmer", List.of());
  }

  private static Consent consent(String givenAt, String validUntil, String scope) {
    return new Consent(
        Consent.Basis.RSL_11A,
        Optional.of(LocalDate.parse(givenAt)),
        Optional.of(LocalDate.parse(validUntil)),
        scope,
        "");
  }
}
