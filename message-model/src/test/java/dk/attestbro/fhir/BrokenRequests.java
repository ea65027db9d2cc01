package dk.attestbro.fhir;

import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Contact;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A certificate request that is wrong in one way, for each reason to refuse one by itself. Each is
 * a new letter of a new case, in JSON.
 */
public final class BrokenRequests {
  private static final Map<RefusalReason, Function<Messages, Payload>> BY_REASON =
      new EnumMap<>(RefusalReason.class);

  static {
    text(
        RefusalReason.PROFILE_MISSING,
        "\"meta\":{\"profile\":[\"https://attestbro.dk/fhir/StructureDefinition/certificate-request\"]},",
        "");
    text(RefusalReason.PROFILE_VIOLATED, "\"intent\":\"order\"", "\"intent\":\"plan\"");
    text(
        RefusalReason.RESOURCE_UNREADABLE,
        "\"resourceType\":\"Practitioner\"",
        "\"resourceType\":\"Physician\"");
    regex(
        RefusalReason.REFERENCE_UNRESOLVED,
        "\"for\":\\{\"reference\":\"Patient/[^\"]*\"",
        "\"for\":{\"reference\":\"Patient/another\"");
    regex(
        RefusalReason.PARTY_DIFFERS,
        "\"requester\":(\\{\"reference\":\"Organization/[^\"]*\"\\}),\"owner\":(\\{[^}]*\\})",
        "\"requester\":$2,\"owner\":$1");
    text(
        RefusalReason.DEFINITION_UNSUPPORTED, "certificate-request|1.0", "certificate-request|9.9");
    text(
        RefusalReason.EVENT_UNKNOWN,
        "\"code\":\"certificate-request\"",
        "\"code\":\"certificate-unheard-of\"");
    regex(
        RefusalReason.NARRATIVE_MISSING,
        "\"text\":\\{\"status\":\"generated\",\"div\":\"[^}]*\"\\},",
        "");
    text(RefusalReason.ACTIVE_CONTENT, "<p>Besked", "<p onclick='x'>Besked");
    regex(
        RefusalReason.PROVENANCE_MISSING,
        "\"target\":\\[\\{\"reference\":\"MessageHeader/[^\"]*\"",
        "\"target\":[{\"reference\":\"MessageHeader/another\"");
    regex(RefusalReason.TIMESTAMP_INVALID, "\"timestamp\":\"[^\"]*\",", "");
    regex(RefusalReason.TIMESTAMP_IN_FUTURE, "\"timestamp\":\"\\d{4}", "\"timestamp\":\"2999");
    text(RefusalReason.DESTINATION_UNKNOWN_USE, "\"code\":\"primary\"", "\"code\":\"secondary\"");
    text(RefusalReason.RECEIVER_UNKNOWN, SampleDirectory.MIDT.sor(), "1999999999999999");
    text(RefusalReason.GLN_NOT_LISTED, SampleDirectory.MIDT.gln(), SampleDirectory.SYD.gln());
    text(RefusalReason.IDENTIFIER_INVALID, SampleDirectory.MIDT.gln(), "5790001900041");
    text(RefusalReason.IDENTIFIER_MISSING, "https://www.gs1.org/gln", "https://example.org/none");
    text(RefusalReason.FORM_UNKNOWN, "\"code\":\"PSYK125\"", "\"code\":\"PSYK000\"");
    text(RefusalReason.CASE_MISSING, "\"value\":\"urn:uuid:", "\"value\":\"case-");
    citizen(RefusalReason.CPR_INVALID, Citizen.IdKind.CPR, CitizenRules.CPR_SYSTEM, "3209479989");
    citizen(
        RefusalReason.CITIZEN_ID_INVALID,
        Citizen.IdKind.X_ECPR,
        CitizenRules.X_ECPR_SYSTEM,
        "0703922VJ4");
    text(
        RefusalReason.CITIZEN_MISSING,
        "\"identifier\":[{\"use\":\"official\",",
        "\"identifier\":[{\"system\":\"urn:oid:1.2.208.176.1.6.1.1\",\"value\":\"0703921VJ4\"},{");
    consent(RefusalReason.CONSENT_MISSING, -20, 100, "");
    consent(RefusalReason.CONSENT_EXPIRED, -200, -1, "scope");
    consent(RefusalReason.CONSENT_IN_FUTURE, 2, 100, "scope");
    consent(RefusalReason.CONSENT_TOO_LONG, -20, 400, "scope");
    contact(RefusalReason.PHONE_MISSING, new Contact("Signe Sand", "ring"));
    BY_REASON.put(
        RefusalReason.FIELD_INVALID,
        m -> m.request(with(m, r -> Optional.empty(), "x".repeat(201)), MediaType.FHIR_JSON));
  }

  private BrokenRequests() {}

  /** The reasons that there is a sample for. */
  public static Iterable<RefusalReason> reasons() {
    return List.copyOf(BY_REASON.keySet());
  }

  /** A request that is to be refused for this reason. */
  public static Payload of(RefusalReason reason, Messages samples) {
    Function<Messages, Payload> sample = BY_REASON.get(reason);
    if (sample == null) {
      throw new IllegalArgumentException("no sample for " + reason);
    }
    return sample.apply(samples);
  }

  private static void text(RefusalReason reason, String original, String replacement) {
    BY_REASON.put(
        reason, m -> Messages.broken(m.request(MediaType.FHIR_JSON), original, replacement));
  }

  private static void regex(RefusalReason reason, String original, String replacement) {
    UnaryOperator<String> change = json -> json.replaceFirst(original, replacement);
    BY_REASON.put(
        reason,
        m -> {
          String json = new String(m.request(MediaType.FHIR_JSON).bytes(), StandardCharsets.UTF_8);
          return new Payload(
              change.apply(json).getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);
        });
  }

  private static void citizen(RefusalReason reason, Citizen.IdKind kind, String system, String id) {
    Citizen citizen = new Citizen(kind, system, id, "Elmer", List.of("Bruno"));
    BY_REASON.put(
        reason,
        m -> {
          CertificateRequest r = m.requestContent();
          return m.request(
              new CertificateRequest(
                  r.form(),
                  Optional.of(citizen),
                  r.purpose(),
                  r.questions(),
                  r.facts(),
                  r.consent(),
                  r.contact(),
                  r.reference(),
                  r.wishedBy(),
                  r.caseStartedOn()),
              MediaType.FHIR_JSON);
        });
  }

  private static void consent(
      RefusalReason reason, int givenInDays, int validForDays, String scope) {
    BY_REASON.put(
        reason,
        m -> {
          LocalDate today = m.today();
          Consent consent =
              new Consent(
                  Consent.Basis.RSL_11A,
                  Optional.of(today.plusDays(givenInDays)),
                  Optional.of(today.plusDays(validForDays)),
                  scope,
                  "");
          return m.request(
              with(m, r -> Optional.of(consent), m.requestContent().reference()),
              MediaType.FHIR_JSON);
        });
  }

  private static void contact(RefusalReason reason, Contact contact) {
    BY_REASON.put(
        reason,
        m -> {
          CertificateRequest r = m.requestContent();
          return m.request(
              new CertificateRequest(
                  r.form(),
                  r.citizen(),
                  r.purpose(),
                  r.questions(),
                  r.facts(),
                  r.consent(),
                  Optional.of(contact),
                  r.reference(),
                  r.wishedBy(),
                  r.caseStartedOn()),
              MediaType.FHIR_JSON);
        });
  }

  private static CertificateRequest with(
      Messages samples, Function<CertificateRequest, Optional<Consent>> consent, String reference) {
    CertificateRequest r = samples.requestContent();
    return new CertificateRequest(
        r.form(),
        r.citizen(),
        r.purpose(),
        r.questions(),
        r.facts(),
        consent.apply(r).or(r::consent),
        r.contact(),
        reference,
        r.wishedBy(),
        r.caseStartedOn());
  }
}
