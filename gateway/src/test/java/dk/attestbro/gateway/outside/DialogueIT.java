package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.Organisation.AARHUS;
import static dk.attestbro.gateway.outside.Organisation.HOVEDSTADEN;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.fhir.HospitalNotification;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each letter of the dialogue through the whole gateway, as the other party then reads it. */
@ExtendWith(RunningGateway.class)
class DialogueIT {
  @Test
  void carriesAnInterimReply() {
    arrives(
        HOVEDSTADEN,
        "interim-replies",
        json(Map.of("expectedBy", PlainRequests.today().plusDays(9).toString(), "text", "Ferie.")),
        json(Map.of("text", "Ferie.")),
        "FIELD_MISSING");
  }

  @Test
  void carriesAReminder() {
    arrives(
        AARHUS,
        "reminders",
        json(Map.of("text", "Hvor er attesten?")),
        json(Map.of("kind", "notice")),
        "FIELD_UNKNOWN");
  }

  @Test
  void carriesAQuestionFromEitherParty() {
    ObjectNode question = json(Map.of("text", "Hvilken arbejdsplads?", "linkId", "question.1"));
    ObjectNode unknown = json(Map.of("text", "Hvilken arbejdsplads?", "linkId", "question.9"));
    arrives(HOVEDSTADEN, "questions", question, unknown, "FIELD_INVALID");
    arrives(AARHUS, "questions", question, unknown, "FIELD_INVALID");
  }

  @Test
  void carriesARetraction() {
    String caseId = newCase();
    String reply = replied(caseId);
    arrives(
        caseId,
        HOVEDSTADEN,
        "retractions",
        json(Map.of("retracts", reply, "reason", "WRONG_CPR", "text", "Anden borger.")),
        json(Map.of("retracts", reply, "reason", "OTHER")),
        "FIELD_MISSING");
  }

  @Test
  void carriesACorrection() {
    String caseId = newCase();
    String reply = replied(caseId);
    ObjectNode whole = PlainRequests.reply().put("corrects", reply).put("reason", "Slåfejl.");
    ObjectNode withoutReason = PlainRequests.reply().put("corrects", reply);
    whole.putArray("attachments");
    arrives(caseId, HOVEDSTADEN, "corrections", whole, withoutReason, "FIELD_MISSING");
  }

  @Test
  void carriesAForward() {
    arrives(
        HOVEDSTADEN,
        "forwards",
        json(Map.of("to", SYD.id(), "text", "Patienten er flyttet.")),
        json(Map.of("to", "psychiatry-nowhere")),
        "RECEIVER_UNKNOWN");
  }

  @Test
  void carriesAWithdrawalOfConsent() {
    arrives(
        AARHUS,
        "consent-withdrawal",
        json(Map.of("at", PlainRequests.today().toString(), "text", "Trukket tilbage.")),
        json(Map.of("at", PlainRequests.today().plusDays(2).toString())),
        "DATES_IN_WRONG_ORDER");
  }

  @Test
  void carriesADischargeNoticeAndItsOutcome() {
    String path = "/api/v1/discharge-notices";
    String letter = newId();
    ObjectNode notice = notice(PlainRequests.today().plusDays(9));
    ObjectNode withoutUnit = notice.deepCopy().without("unit");

    Answer refused = gateway().post(HOVEDSTADEN, path, withoutUnit.toString());
    Answer taken =
        gateway().post(HOVEDSTADEN, path, notice.toString(), "Idempotency-Key", letter).expect(201);

    assertThat(refused.expect(422).json().path("code").asText()).isEqualTo("FIELD_MISSING");
    assertThat(gateway().awaitInbox(AARHUS, letter).path("content")).isEqualTo(notice);
    String outcomes = path + "/" + taken.json().path("caseId").asText() + "/mentor-outcome";
    ObjectNode outcome = json(Map.of("outcome", "NOT_OFFERED", "text", "Ikke i målgruppen."));
    gateway().post(SYD, outcomes, outcome.toString()).expect(404);
    gateway().post(AARHUS, outcomes, "{\"outcome\":\"PERHAPS\"}").expect(422);
    String told = newId();
    gateway().post(AARHUS, outcomes, outcome.toString(), "Idempotency-Key", told).expect(201);
    assertThat(gateway().awaitInbox(HOVEDSTADEN, told).path("content")).isEqualTo(outcome);
  }

  @Test
  void followsADischargeThatAHospitalNotificationTells() {
    HospitalNotification discharged =
        HospitalNotification.discharged(
            Instant.now(), HOVEDSTADEN.party(), AARHUS.party(), "2026-11-20T14:00:00+01:00");
    Payload message = discharged.payload(MediaType.FHIR_JSON);
    String letter = discharged.letterId().value();

    String caseId = gateway().fhir(HOVEDSTADEN, message).expect(202).json().path("caseId").asText();

    assertThat(gateway().awaitInbox(AARHUS, letter).path("caseId").asText()).isEqualTo(caseId);
    assertThat(
            gateway()
                .get(AARHUS, "/api/v1/inbox/" + letter, "Accept", MediaType.FHIR_JSON.value())
                .bytes())
        .isEqualTo(message.bytes());
    String outcomes = "/api/v1/discharge-notices/" + caseId + "/mentor-outcome";
    ObjectNode outcome = json(Map.of("outcome", "OFFERED_ACCEPTED", "text", "Fra mandag."));
    String told = newId();
    gateway().post(AARHUS, outcomes, outcome.toString(), "Idempotency-Key", told).expect(201);
    assertThat(gateway().awaitInbox(HOVEDSTADEN, told).path("content")).isEqualTo(outcome);
    Payload gone = discharged.cancelled().payload(MediaType.FHIR_XML);
    assertThat(gateway().fhir(HOVEDSTADEN, gone).expect(202).json().path("caseId").asText())
        .isEqualTo(caseId);
    assertThat(
            gateway()
                .post(AARHUS, outcomes, outcome.toString())
                .expect(422)
                .json()
                .path("code")
                .asText())
        .isEqualTo("CASE_STATE_FORBIDS");
    Answer again =
        gateway()
            .post(
                HOVEDSTADEN,
                "/api/v1/discharge-notices",
                notice(LocalDate.of(2026, 11, 20)).toString());
    assertThat(again.expect(201).json().path("caseId").asText()).isEqualTo(caseId);
    gateway().post(AARHUS, outcomes, outcome.toString()).expect(201);
  }

  /** The same citizen is discharged on this day. */
  private static ObjectNode notice(LocalDate day) {
    ObjectNode notice = json(Map.of("receiver", AARHUS.id(), "unit", "Sengeafsnit P3"));
    notice.set("citizen", PlainRequests.request(AARHUS).get("citizen"));
    notice.put("dischargeDate", day.toString());
    notice.putObject("contact").put("name", "Sygeplejerske B").put("phone", "78450000");
    return notice;
  }

  private static void arrives(
      Organisation from, String what, ObjectNode good, ObjectNode bad, String code) {
    arrives(newCase(), from, what, good, bad, code);
  }

  private static void arrives(
      String caseId, Organisation from, String what, ObjectNode good, ObjectNode bad, String code) {
    Organisation to = from == AARHUS ? HOVEDSTADEN : AARHUS;
    String letter = newId();
    String path = "/api/v1/cases/" + caseId + "/" + what;

    Answer refused = gateway().post(from, path, bad.toString());
    gateway().post(from, path, good.toString(), "Idempotency-Key", letter).expect(201);

    assertThat(refused.expect(422).json().path("code").asText()).isEqualTo(code);
    JsonNode arrived = gateway().awaitInbox(to, letter);
    assertThat(arrived.path("content")).isEqualTo(good);
    assertThat(arrived.path("caseId").asText()).isEqualTo(caseId);
  }

  private static String newCase() {
    return JourneyIT.plain(AARHUS, HOVEDSTADEN, newId()).path("caseId").asText();
  }

  private static String replied(String caseId) {
    return gateway()
        .post(
            HOVEDSTADEN,
            "/api/v1/cases/" + caseId + "/replies",
            PlainRequests.reply().toString(),
            "Idempotency-Key",
            newId())
        .expect(201)
        .json()
        .path("letterId")
        .asText();
  }

  private static ObjectNode json(Map<String, String> fields) {
    ObjectNode body = Gateway.JSON.createObjectNode();
    fields.forEach(body::put);
    return body;
  }
}
