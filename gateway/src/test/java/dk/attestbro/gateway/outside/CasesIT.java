package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.Organisation.AARHUS;
import static dk.attestbro.gateway.outside.Organisation.HOVEDSTADEN;
import static dk.attestbro.gateway.outside.Organisation.MERGED;
import static dk.attestbro.gateway.outside.Organisation.NARROW;
import static dk.attestbro.gateway.outside.Organisation.RANDERS;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import dk.attestbro.crypto.DetachedSignature;
import dk.attestbro.crypto.JwsVerification;
import dk.attestbro.gateway.evidence.PackageUnreadable;
import dk.attestbro.gateway.evidence.Verdict;
import dk.attestbro.gateway.evidence.VerifyEvidence;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.gateway.outside.Partner.Received;
import dk.attestbro.mail.MessageInMail;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.trust.OfflineTrust;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a case goes: whose turn it is, when the reply is due, and what is refused. */
@ExtendWith(RunningGateway.class)
class CasesIT {
  @Test
  void pausesTheDeadlineWhileTheRequesterOwesAnAnswer() {
    String caseId = receivedCase(HOVEDSTADEN);
    String due = shown(AARHUS, caseId).at("/deadline/due").asText();

    say(HOVEDSTADEN, caseId, "questions", "{\"text\":\"Hvilken arbejdsplads?\"}", 201);
    JsonNode asked = shown(AARHUS, caseId);
    say(AARHUS, caseId, "answers", "{\"text\":\"Den nuværende.\"}", 201);
    JsonNode answered = shown(HOVEDSTADEN, caseId);

    assertThat(asked.path("state").asText()).isEqualTo("AWAITING_CLARIFICATION");
    assertThat(asked.path("turn").asText()).isEqualTo("requester");
    assertThat(asked.at("/deadline/state").asText()).isEqualTo("PAUSED");
    assertThat(asked.at("/nextStep/code").asText()).isEqualTo("ANSWER");
    assertThat(answered.path("state").asText()).isEqualTo("RECEIVED");
    assertThat(answered.at("/deadline/state").asText()).isEqualTo("RUNNING");
    assertThat(answered.at("/deadline/due").asText()).isEqualTo(due);
    assertThat(answered.at("/days/gross").asInt()).isZero();
  }

  @Test
  void handsACaseOnToAnotherUnitThatThenOwesTheReply() {
    String caseId = receivedCase(HOVEDSTADEN);

    refused(HOVEDSTADEN, caseId, "forwards", to(NARROW), "RECEIVER_DOES_NOT_TAKE_EVENT");
    refused(HOVEDSTADEN, caseId, "forwards", to(MERGED), "RECEIVER_EXPIRED");
    say(HOVEDSTADEN, caseId, "forwards", to(SYD), 201);
    Received passedOn = gateway().partner(SYD).awaitRequestOf(caseId);
    gateway().fhir(SYD, JourneyIT.acknowledgement(passedOn, AcknowledgementCode.OK)).expect(202);
    JsonNode forwarded = gateway().awaitState(AARHUS, caseId, "RECEIVED");

    assertThat(forwarded.path("responder").asText()).isEqualTo(SYD.id());
    assertThat(forwarded.at("/deadline/state").asText()).isEqualTo("RUNNING");
    refused(HOVEDSTADEN, caseId, "replies", PlainRequests.reply().toString(), "CASE_PARTY_WRONG");
    say(SYD, caseId, "replies", PlainRequests.reply().toString(), 201);
    assertThat(shown(AARHUS, caseId).path("state").asText()).isEqualTo("REPLIED");
    assertThat(gateway().acknowledgementsInInbox(AARHUS, passedOn.letterId())).isEmpty();
  }

  @Test
  void tellsTheRequesterThatTheUnitWhichTheCaseWasForwardedToDoesNotTakeIt() {
    String caseId = receivedCase(HOVEDSTADEN);
    say(HOVEDSTADEN, caseId, "forwards", to(SYD), 201);
    Received passedOn = gateway().partner(SYD).awaitRequestOf(caseId);

    gateway()
        .fhir(SYD, JourneyIT.acknowledgement(passedOn, AcknowledgementCode.FATAL_ERROR))
        .expect(202);

    JsonNode refused = shown(AARHUS, caseId);
    assertThat(refused.path("state").asText()).isEqualTo("FORWARDED");
    assertThat(refused.path("turn").asText()).isEqualTo("requester");
    assertThat(refused.at("/nextStep/code").asText()).isEqualTo("ASK_AGAIN");
    say(AARHUS, caseId, "cancellation", "{\"reason\":\"NO_LONGER_NEEDED\"}", 201);
  }

  @Test
  void opensACaseAgainWhenItsReplyIsRetracted() {
    String caseId = receivedCase(HOVEDSTADEN);
    refused(
        HOVEDSTADEN,
        caseId,
        "retractions",
        "{\"retracts\":\"" + newId() + "\",\"reason\":\"WRONG_CPR\"}",
        "REPLY_UNKNOWN");
    String reply =
        say(HOVEDSTADEN, caseId, "replies", PlainRequests.reply().toString(), 201)
            .path("letterId")
            .asText();
    say(AARHUS, caseId, "filed", "{}", 201);
    String retraction = "{\"retracts\":\"" + reply + "\",\"reason\":\"WRONG_CPR\"}";
    refused(HOVEDSTADEN, caseId, "replies", PlainRequests.reply().toString(), "CASE_STATE_FORBIDS");
    refused(AARHUS, caseId, "retractions", retraction, "CASE_PARTY_WRONG");

    say(HOVEDSTADEN, caseId, "retractions", retraction, 201);

    JsonNode reopened = shown(AARHUS, caseId);
    assertThat(reopened.path("state").asText()).isEqualTo("RECEIVED");
    assertThat(reopened.at("/deadline/state").asText()).isEqualTo("RUNNING");
    refused(HOVEDSTADEN, caseId, "retractions", retraction, "CASE_STATE_FORBIDS");
    String again =
        say(HOVEDSTADEN, caseId, "replies", PlainRequests.reply().toString(), 201)
            .path("letterId")
            .asText();
    ObjectNode correction = PlainRequests.reply().put("corrects", again).put("reason", "Slåfejl.");
    say(HOVEDSTADEN, caseId, "corrections", correction.toString(), 201);
    assertThat(shown(AARHUS, caseId).at("/deadline/state").asText()).isEqualTo("MET");
  }

  @Test
  void takesNothingMoreInACaseThatHasEnded() {
    String caseId = receivedCase(HOVEDSTADEN);
    say(AARHUS, caseId, "cancellation", "{\"reason\":\"NO_LONGER_NEEDED\"}", 201);

    refused(HOVEDSTADEN, caseId, "replies", PlainRequests.reply().toString(), "CASE_STATE_FORBIDS");
    refused(HOVEDSTADEN, caseId, "questions", "{\"text\":\"Hvem?\"}", "CASE_STATE_FORBIDS");
    refused(AARHUS, caseId, "reminders", "{\"text\":\"Hvor?\"}", "CASE_STATE_FORBIDS");
    say(RANDERS, caseId, "reminders", "{\"text\":\"Hvor?\"}", 404);
    assertThat(shown(AARHUS, caseId).at("/deadline/state").asText()).isEqualTo("VOID");
  }

  @Test
  void refusesASecondRequestForTheSameCitizenFormAndUnitUnlessItIsConfirmed() throws Exception {
    ObjectNode request = about(someone(), HOVEDSTADEN).put("confirmDuplicate", false);
    String caseId =
        gateway()
            .post(AARHUS, PlainRequests.PATH, request.toString())
            .expect(201)
            .json()
            .path("caseId")
            .asText();

    JsonNode second =
        gateway().post(AARHUS, PlainRequests.PATH, request.toString()).expect(409).json();
    Answer other = gateway().post(RANDERS, PlainRequests.PATH, request.toString());
    JsonNode confirmed =
        gateway()
            .post(AARHUS, PlainRequests.PATH, request.put("confirmDuplicate", true).toString())
            .expect(201)
            .json();

    assertThat(second.path("code").asText()).isEqualTo("DUPLICATE_REQUEST");
    assertThat(second.path("caseId").asText()).isEqualTo(caseId);
    other.expect(201);
    String warning = "DUPLICATE_REQUEST: " + caseId;
    assertThat(confirmed.at("/receipt/warnings/0").asText()).isEqualTo(warning);
    assertThat(JWSObject.parse(confirmed.at("/receipt/jws").asText()).getPayload().toString())
        .contains(warning);
  }

  @Test
  void takesOneOfManyLikeRequestsThatComeInOneMoment() {
    String request = about(someone(), HOVEDSTADEN).put("confirmDuplicate", false).toString();

    Map<Integer, List<Answer>> answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(call -> gateway().post(AARHUS, PlainRequests.PATH, request))
            .collect(Collectors.groupingBy(Answer::status));

    assertThat(answers).containsOnlyKeys(201, 409);
    assertThat(answers.get(201)).hasSize(1);
    String caseId = answers.get(201).get(0).json().path("caseId").asText();
    assertThat(answers.get(409))
        .allSatisfy(
            refused -> assertThat(refused.json().path("caseId").asText()).isEqualTo(caseId));
  }

  @Test
  void answersEqualCallsOfOneMomentAlike() {
    String request = about(someone(), HOVEDSTADEN).put("confirmDuplicate", false).toString();

    String caseId = atOnce(AARHUS, PlainRequests.PATH, request);
    atOnce(HOVEDSTADEN, "/api/v1/cases/" + caseId + "/returns", "{\"reason\":\"NOT_OUR_PATIENT\"}");
  }

  /** The same call many times in one moment: one takes it, the others get its answer. */
  private String atOnce(Organisation by, String path, String body) {
    String key = newId();
    Map<Integer, List<Answer>> answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(call -> gateway().post(by, path, body, "Idempotency-Key", key))
            .collect(Collectors.groupingBy(Answer::status));

    assertThat(answers).containsOnlyKeys(200, 201);
    assertThat(answers.get(201)).hasSize(1);
    String caseId = answers.get(201).get(0).json().path("caseId").asText();
    assertThat(answers.get(200))
        .allSatisfy(again -> assertThat(again.json().path("caseId").asText()).isEqualTo(caseId));
    return caseId;
  }

  @Test
  void givesEvidenceThatProvesItselfByThePublishedKeysAndTellsWhoFetchedIt() throws Exception {
    String caseId = receivedCase(HOVEDSTADEN);
    String path = "/api/v1/cases/" + caseId + "/evidence";

    await()
        .atMost(Gateway.LIMIT)
        .untilAsserted(
            () -> {
              Verdict verdict =
                  proof(gateway().get(AARHUS, path, "Attestbro-Staff", "a.jensen").expect(200));
              assertThat(verdict.broken()).isEmpty();
              assertThat(verdict.notes()).isEmpty();
            });

    JsonNode log = gateway().get(AARHUS, "/api/v1/access-log?caseId=" + caseId).expect(200).json();
    assertThat(log.findValuesAsText("act")).contains("LETTER_SENT", "EVIDENCE_EXPORTED");
    assertThat(log.toString()).contains("staff-1").doesNotContain("a.jensen");
    gateway().get(RANDERS, path).expect(404);
    gateway().get("operator", "/api/v1/operations/evidence/" + caseId).expect(200);
  }

  /** What the proof of a package says, by the published keys. */
  static Verdict proof(Answer evidence) throws PackageUnreadable {
    return new VerifyEvidence(
            JwsVerification::of,
            Optional.of(gateway().open("GET", "/.well-known/jwks.json", "").text()),
            new OfflineTrust(),
            new DetachedSignature(),
            MessageInMail::digest)
        .verify(new ByteArrayInputStream(evidence.bytes()));
  }

  @Test
  void asksAgainWithoutMoreAdoWhereTheReceiverRefusedTheFirstRequest() {
    ObjectNode request = about(someone(), HOVEDSTADEN).put("confirmDuplicate", false);
    String letter = newId();
    gateway()
        .post(AARHUS, PlainRequests.PATH, request.toString(), "Idempotency-Key", letter)
        .expect(201);
    gateway().awaitInbox(HOVEDSTADEN, letter);
    gateway()
        .post(
            HOVEDSTADEN,
            "/api/v1/inbox/" + letter + "/acknowledgement",
            "{\"code\":\"fatal-error\",\"issues\":[{\"code\":\"MSG_LOCAL_FAIL\",\"text\":\"Ikke"
                + " os.\"}]}")
        .expect(201);
    gateway().awaitStatus(AARHUS, letter, "REFUSED_BY_RECEIVER");

    gateway().post(AARHUS, PlainRequests.PATH, request.toString()).expect(201);
  }

  @Test
  void showsWhoseTurnItIsInTheWorklist() {
    String mine = receivedCase(HOVEDSTADEN);
    String overThere = JourneyIT.plain(AARHUS, HOVEDSTADEN, newId()).path("caseId").asText();

    assertThat(cases(HOVEDSTADEN, "?turn=mine&state=open&limit=200").toString())
        .contains(mine)
        .doesNotContain(overThere);
    assertThat(cases(HOVEDSTADEN, "?state=overdue").path("items")).isEmpty();
    assertThat(cases(HOVEDSTADEN, "?turn=gateway&form=PSYK125&limit=200").toString())
        .contains(overThere)
        .doesNotContain(mine);
    gateway().get(HOVEDSTADEN, "/api/v1/cases?state=late").expect(400);
  }

  @Test
  void keepsWhoHandlesACaseOnItsOwnSide() {
    String caseId = receivedCase(HOVEDSTADEN);
    String contact = "{\"contact\":{\"name\":\"Sekretær D\",\"phone\":\"+4512345678\"}}";

    say(HOVEDSTADEN, caseId, "assignment", contact, 201);
    refused(HOVEDSTADEN, caseId, "assignment", "{}", "CONTACT_MISSING");

    assertThat(shown(HOVEDSTADEN, caseId).path("state").asText()).isEqualTo("ASSIGNED");
    assertThat(shown(HOVEDSTADEN, caseId).at("/contact/name").asText()).isEqualTo("Sekretær D");
    assertThat(shown(AARHUS, caseId).path("contact").isNull()).isTrue();
  }

  @Test
  void movesTheDeadlineToAnInterimDateOnlyWhenTheRequesterAcceptsIt() {
    String caseId = receivedCase(HOVEDSTADEN);
    String due = shown(AARHUS, caseId).at("/deadline/due").asText();
    LocalDate expected = PlainRequests.today().plusDays(40);
    String interim =
        say(HOVEDSTADEN, caseId, "interim-replies", "{\"expectedBy\":\"" + expected + "\"}", 201)
            .path("letterId")
            .asText();
    JsonNode told = shown(AARHUS, caseId);
    String acceptance = "{\"letterId\":\"" + interim + "\"}";
    refused(HOVEDSTADEN, caseId, "interim-acceptance", acceptance, "CASE_PARTY_WRONG");
    refused(
        AARHUS,
        caseId,
        "interim-acceptance",
        "{\"letterId\":\"" + newId() + "\"}",
        "CASE_STATE_FORBIDS");

    say(AARHUS, caseId, "interim-acceptance", acceptance, 201);

    assertThat(told.at("/deadline/due").asText()).isEqualTo(due);
    assertThat(told.path("expectedBy").asText()).isEqualTo(expected.toString());
    assertThat(shown(HOVEDSTADEN, caseId).at("/deadline/due").asText())
        .isEqualTo(expected.toString());
  }

  @Test
  void endsACaseWhoseConsentIsWithdrawn() {
    String caseId = receivedCase(HOVEDSTADEN);

    say(AARHUS, caseId, "consent-withdrawal", "{\"at\":\"" + PlainRequests.today() + "\"}", 201);

    JsonNode ended = shown(HOVEDSTADEN, caseId);
    assertThat(ended.path("state").asText()).isEqualTo("CONSENT_WITHDRAWN");
    assertThat(ended.path("turn").asText()).isEqualTo("none");
    assertThat(ended.at("/deadline/state").asText()).isEqualTo("VOID");
    refused(HOVEDSTADEN, caseId, "replies", PlainRequests.reply().toString(), "CASE_STATE_FORBIDS");
  }

  @Test
  void takesASecondRequestAsFhirWithAWarningInItsReceipt() {
    gateway().fhir(RANDERS, AcknowledgementIT.request(RANDERS, HOVEDSTADEN)).expect(202);

    JsonNode second =
        gateway().fhir(RANDERS, AcknowledgementIT.request(RANDERS, HOVEDSTADEN)).expect(202).json();

    assertThat(second.at("/warnings/0").asText()).startsWith("DUPLICATE_REQUEST: ");
  }

  private static String receivedCase(Organisation responder) {
    String letter = newId();
    String caseId = JourneyIT.plain(AARHUS, responder, letter).path("caseId").asText();
    gateway().awaitInbox(responder, letter);
    gateway()
        .post(responder, "/api/v1/inbox/" + letter + "/acknowledgement", "{\"code\":\"ok\"}")
        .expect(201);
    gateway().awaitState(AARHUS, caseId, "RECEIVED");
    return caseId;
  }

  private static JsonNode say(
      Organisation who, String caseId, String what, String body, int status) {
    return gateway().post(who, "/api/v1/cases/" + caseId + "/" + what, body).expect(status).json();
  }

  private static void refused(
      Organisation who, String caseId, String what, String body, String code) {
    assertThat(say(who, caseId, what, body, 422).path("code").asText()).isEqualTo(code);
  }

  private static String to(Organisation unit) {
    return "{\"to\":\"" + unit.id() + "\",\"text\":\"Patienten er flyttet.\"}";
  }

  private static JsonNode shown(Organisation who, String caseId) {
    return gateway().certificateCase(who, caseId);
  }

  private static JsonNode cases(Organisation who, String query) {
    return gateway().get(who, "/api/v1/cases" + query).expect(200).json();
  }

  private static ObjectNode about(String cpr, Organisation receiver) {
    ObjectNode request = PlainRequests.request(receiver);
    ((ObjectNode) request.get("citizen")).put("cpr", cpr);
    return request;
  }

  /** A test person nobody has asked about yet: a number of the shape of a CPR. */
  private static String someone() {
    return "010162" + ThreadLocalRandom.current().nextInt(1000, 9999);
  }
}
