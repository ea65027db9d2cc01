package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.Organisation.AARHUS;
import static dk.attestbro.gateway.outside.Organisation.FORMER;
import static dk.attestbro.gateway.outside.Organisation.HOVEDSTADEN;
import static dk.attestbro.gateway.outside.Organisation.MERGED;
import static dk.attestbro.gateway.outside.Organisation.MIDT;
import static dk.attestbro.gateway.outside.Organisation.NARROW;
import static dk.attestbro.gateway.outside.Organisation.ODENSE;
import static dk.attestbro.gateway.outside.Organisation.ONE_FORM;
import static dk.attestbro.gateway.outside.Organisation.SYD;
import static dk.attestbro.gateway.outside.Organisation.VEJLE;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.fhir.BrokenRequests;
import dk.attestbro.fhir.Messages;
import dk.attestbro.gateway.outside.Gateway.Answer;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason to refuse that a caller can meet, met from the front door. */
@ExtendWith(RunningGateway.class)
class RefusalsIT {
  private static final Map<RefusalReason, Supplier<Answer>> WAYS =
      new EnumMap<>(RefusalReason.class);

  /** No call is answered with these; each says where else it is tested, or why it cannot be. */
  private static final Map<RefusalReason, String> MET_ELSEWHERE =
      new EnumMap<>(
          Map.of(
              RefusalReason.CANNOT_RECORD, "needs a database that fails",
              RefusalReason.INTERNAL_ERROR, "needs a fault in the gateway",
              RefusalReason.CONTENT_DELETED, "needs a month to pass: DeleteContentTest",
              RefusalReason.NEVER_DELIVERED, "told in an Acknowledgement: DeliveryIT",
              RefusalReason.PERHAPS_DELIVERED, "told in an Acknowledgement: DeliveryIT",
              RefusalReason.NOT_ACKNOWLEDGED, "told in an Acknowledgement: AcknowledgementIT",
              RefusalReason.TIME_TO_LIVE_ENDED, "told in an Acknowledgement: DeliveryIT",
              RefusalReason.CLOSED_BY_OPERATOR, "told in an Acknowledgement: DeliveryIT"));

  static {
    MET_ELSEWHERE.put(
        RefusalReason.EVIDENCE_NOT_ANCHORED, "needs four hours to pass: AnchorEvidenceTest");
    MET_ELSEWHERE.put(RefusalReason.NO_WAY, "of operations: OperateTest");
    MET_ELSEWHERE.put(RefusalReason.DRAFTS_FULL, "of the pages: CounterTest");
    String breakGlass = "of the pages: BreakGlassPagesTest";
    MET_ELSEWHERE.put(RefusalReason.BREAK_GLASS_OWN_REQUEST, breakGlass);
    MET_ELSEWHERE.put(RefusalReason.BREAK_GLASS_NOT_OPEN, breakGlass);
    MET_ELSEWHERE.put(
        RefusalReason.TOKEN_ISSUER_UNREACHABLE, "needs an issuer that is away: JwtCallersTest");
    MET_ELSEWHERE.put(RefusalReason.BUSY, "needs a heap full of letters: BodyReaderTest");
    String scan = "needs a scanner that says so: ScanAttachmentsTest";
    MET_ELSEWHERE.put(RefusalReason.ATTACHMENT_HARMFUL, scan);
    MET_ELSEWHERE.put(RefusalReason.ATTACHMENT_TOO_LARGE_TO_SCAN, scan);
    MET_ELSEWHERE.put(RefusalReason.SCAN_UNAVAILABLE, scan);
    for (RefusalReason reason : RefusalReason.values()) {
      if (reason.name().startsWith("CERTIFICATE_")) {
        MET_ELSEWHERE.put(reason, "needs a configured root: TrustAtTheDoorTest, PathTrustTest");
      }
      if (reason.name().startsWith("MAIL_") || reason.name().startsWith("SMIME_")) {
        MET_ELSEWHERE.put(reason, "of a mail: HostileMailTest, TakeMailTest");
      }
    }
    for (RefusalReason reason : BrokenRequests.reasons()) {
      WAYS.put(reason, () -> gateway().fhir(ODENSE, BrokenRequests.of(reason, samples(MIDT))));
    }
    ofTheCall();
    ofTheMessage();
    ofItsParties();
    ofPlainRequests();
    ofPlainReplies();
    ofTheCase();
    ofAcknowledgements();
  }

  private static void ofTheCall() {
    String cases = "/api/v1/cases";
    WAYS.put(RefusalReason.CREDENTIALS_MISSING, () -> gateway().open("GET", cases, ""));
    WAYS.put(
        RefusalReason.CREDENTIALS_INVALID,
        () -> gateway().open("GET", cases, "", "Authorization", "Bearer guess"));
    WAYS.put(RefusalReason.NOT_ALLOWED, () -> gateway().get(AARHUS, "/api/v1/operations/queues"));
    WAYS.put(RefusalReason.PARTY_AMBIGUOUS, () -> gateway().getAs(gateway().vendor(), cases));
    WAYS.put(RefusalReason.NOT_FOUND, () -> gateway().get(AARHUS, "/api/v1/messages/" + newId()));
    WAYS.put(RefusalReason.PARAMETER_INVALID, () -> gateway().get(AARHUS, cases + "?limit=0"));
    WAYS.put(
        RefusalReason.METHOD_NOT_ALLOWED,
        () ->
            gateway()
                .open(
                    "DELETE",
                    cases,
                    "",
                    "Authorization",
                    "Bearer " + gateway().token(AARHUS.id())));
    WAYS.put(
        RefusalReason.NOT_ACCEPTABLE,
        () -> gateway().get(AARHUS, "/api/v1/inbox/" + newId(), "Accept", "text/html"));
    WAYS.put(RefusalReason.UNSUPPORTED_MEDIA_TYPE, () -> door("{}", "text/plain"));
    WAYS.put(
        RefusalReason.TOO_LARGE, () -> door(" ".repeat(2_000_001), MediaType.FHIR_JSON.value()));
    WAYS.put(
        RefusalReason.TOO_COMPLEX,
        () ->
            door(
                "{\"resourceType\":\"Bundle\",\"entry\":" + "[".repeat(200) + "]".repeat(200) + "}",
                MediaType.FHIR_JSON.value()));
    WAYS.put(RefusalReason.NOT_READABLE, () -> door("{", MediaType.FHIR_JSON.value()));
    WAYS.put(
        RefusalReason.NOT_FHIR,
        () -> door("{\"resourceType\":\"Patient\"}", MediaType.FHIR_JSON.value()));
    WAYS.put(RefusalReason.CMS_NOT_READABLE, () -> door("no CMS", "application/pkcs7-mime"));
    WAYS.put(
        RefusalReason.CMS_SIGNATURE_INVALID,
        () -> gateway().fhir(ODENSE, gateway().encrypted(request(SYD), gateway().key(SYD))));
    WAYS.put(
        RefusalReason.SENDER_AMBIGUOUS,
        () -> {
          String id = newId();
          JourneyIT.plain(AARHUS, HOVEDSTADEN, id);
          JourneyIT.plain(VEJLE, HOVEDSTADEN, id);
          return gateway().get(HOVEDSTADEN, "/api/v1/messages/" + id);
        });
    WAYS.put(
        RefusalReason.STATE_CONFLICT,
        () -> {
          String id = newId();
          JourneyIT.plain(AARHUS, HOVEDSTADEN, id);
          return gateway().operate("dead-letters/" + id + "/resend");
        });
  }

  private static void ofTheMessage() {
    WAYS.put(
        RefusalReason.EMPTY_MESSAGE,
        () ->
            gateway()
                .fhir(
                    ODENSE,
                    RunningGateway.replaced(
                        request(SYD),
                        "\"code\":\"certificate-request\"",
                        "\"code\":\"empty-message\"")));
    WAYS.put(
        RefusalReason.DESTINATION_AMBIGUOUS,
        () ->
            gateway()
                .fhir(
                    ODENSE,
                    changed(
                        request(SYD),
                        "MessageHeader",
                        header -> {
                          ArrayNode all = (ArrayNode) header.path("destination");
                          all.add(all.get(0).deepCopy());
                        })));
    WAYS.put(
        RefusalReason.COPY_NOT_ALLOWED,
        () ->
            gateway()
                .fhir(
                    ODENSE,
                    RunningGateway.replaced(
                        request(SYD), "\"code\":\"primary\"", "\"code\":\"cc\"")));
    WAYS.put(
        RefusalReason.COPY_AMBIGUOUS,
        () ->
            gateway()
                .fhir(
                    ODENSE,
                    changed(
                        request(SYD),
                        "Provenance",
                        provenance ->
                            ((ObjectNode) provenance.at("/activity/coding/0"))
                                .put("code", "carboncopy-message"))));
    WAYS.put(
        RefusalReason.CONTENT_CHANGED,
        () -> {
          Payload request = request(SYD);
          gateway().fhir(ODENSE, request).expect(202);
          return gateway()
              .fhir(ODENSE, RunningGateway.replaced(request, "fra foråret", "fra sommeren"));
        });
    WAYS.put(
        RefusalReason.BUNDLE_ID_REUSED,
        () -> {
          Payload request = request(SYD);
          gateway().fhir(ODENSE, request).expect(202);
          return gateway()
              .fhir(
                  ODENSE,
                  RunningGateway.replaced(request, DuplicateTableIT.letterOf(request), newId()));
        });
  }

  private static void ofItsParties() {
    WAYS.put(RefusalReason.SENDER_NOT_AUTHENTICATED, () -> gateway().fhir(VEJLE, request(SYD)));
    WAYS.put(
        RefusalReason.SENDER_UNKNOWN,
        () ->
            gateway()
                .fhir(
                    ODENSE,
                    RunningGateway.replaced(request(SYD), ODENSE.sor(), "1999999999999999")));
    WAYS.put(
        RefusalReason.SENDER_EXPIRED,
        () -> gateway().fhir(FORMER, AcknowledgementIT.request(FORMER, SYD)));
    WAYS.put(RefusalReason.RECEIVER_EXPIRED, () -> gateway().fhir(ODENSE, request(MERGED)));
    WAYS.put(
        RefusalReason.RECEIVER_DOES_NOT_TAKE_EVENT, () -> gateway().fhir(ODENSE, request(NARROW)));
    WAYS.put(
        RefusalReason.RECEIVER_DOES_NOT_TAKE_FORM, () -> gateway().fhir(ODENSE, request(ONE_FORM)));
  }

  private static void ofPlainRequests() {
    plain(RefusalReason.RECEIVER_IS_SENDER, r -> r.put("receiver", AARHUS.id()));
    plain(RefusalReason.DESTINATION_MISSING, r -> r.remove("receiver"));
    plain(RefusalReason.FORM_NOT_VALID, r -> r.put("form", "LÆ265"));
    plain(RefusalReason.PURPOSE_MISSING, r -> r.put("purpose", ""));
    plain(RefusalReason.CONTACT_MISSING, r -> r.remove("contact"));
    plain(RefusalReason.FIELD_UNKNOWN, r -> r.put("colour", "blue"));
    plain(
        RefusalReason.DUPLICATE_REQUEST,
        r -> {
          gateway().post(AARHUS, PlainRequests.PATH, r.toString()).expect(201);
          r.put("confirmDuplicate", false);
        });
    WAYS.put(
        RefusalReason.FIELD_MISSING,
        () -> gateway().post(AARHUS, "/api/v1/inbox/" + newId() + "/acknowledgement", "{}"));
    WAYS.put(
        RefusalReason.CODE_UNKNOWN,
        () ->
            gateway()
                .post(
                    AARHUS,
                    "/api/v1/inbox/" + newId() + "/acknowledgement",
                    "{\"code\":\"fatal-error\",\"issues\":[{\"code\":\"MSG_NOPE\",\"text\":\"x\"}]}"));
  }

  private static void plain(RefusalReason reason, Consumer<ObjectNode> change) {
    WAYS.put(
        reason,
        () -> {
          ObjectNode request = PlainRequests.request(HOVEDSTADEN);
          change.accept(request);
          return gateway().post(AARHUS, PlainRequests.PATH, request.toString());
        });
  }

  private static void ofPlainReplies() {
    reply(RefusalReason.AUTHOR_MISSING, r -> r.remove("author"));
    reply(RefusalReason.ANSWERS_MISSING, r -> r.putObject("answers"));
    reply(RefusalReason.ANSWER_MISSING, r -> r.putObject("answers").put("question.1", "Ro."));
    reply(RefusalReason.ANSWER_UNKNOWN, r -> r.withObject("/answers").put("question.7", "Ro."));
    reply(
        RefusalReason.ANSWER_WRONG_TYPE,
        r -> r.withObject("/answers").put("assessment.hours", "many"));
    reply(RefusalReason.ATTACHMENT_INVALID, r -> attach(r, "application/pdf", ""));
    reply(RefusalReason.ATTACHMENT_TYPE_NOT_ALLOWED, r -> attach(r, "text/html", "PGI+"));
    reply(RefusalReason.ATTACHMENT_TYPE_MISMATCH, r -> attach(r, "application/pdf", "PGI+"));
  }

  private static void attach(ObjectNode reply, String type, String data) {
    reply
        .putArray("attachments")
        .addObject()
        .put("title", "Bilag")
        .put("contentType", type)
        .put("data", data);
  }

  private static void reply(RefusalReason reason, Consumer<ObjectNode> change) {
    WAYS.put(
        reason,
        () -> {
          ObjectNode reply = PlainRequests.reply();
          change.accept(reply);
          return gateway().post(HOVEDSTADEN, newCase() + "/replies", reply.toString());
        });
  }

  private static void ofTheCase() {
    WAYS.put(
        RefusalReason.REASON_UNKNOWN,
        () -> gateway().post(HOVEDSTADEN, newCase() + "/returns", "{\"reason\":\"NO_SUCH\"}"));
    WAYS.put(
        RefusalReason.DATES_IN_WRONG_ORDER,
        () ->
            gateway()
                .post(
                    HOVEDSTADEN,
                    newCase() + "/interim-replies",
                    "{\"expectedBy\":\"" + PlainRequests.today().minusDays(1) + "\"}"));
    WAYS.put(
        RefusalReason.CITIZEN_DIFFERS,
        () -> {
          Messages samples = samples(MIDT);
          Payload asked = samples.request(MediaType.FHIR_JSON);
          gateway().fhir(ODENSE, asked);
          Payload returned = samples.returned(asked, MediaType.FHIR_JSON);
          return gateway().fhir(MIDT, Messages.broken(returned, "2509479989", "0201609996"));
        });
    WAYS.put(
        RefusalReason.CASE_STATE_FORBIDS, () -> gateway().post(AARHUS, newCase() + "/filed", "{}"));
    WAYS.put(
        RefusalReason.CASE_PARTY_WRONG,
        () ->
            gateway()
                .post(
                    HOVEDSTADEN, newCase() + "/cancellation", "{\"reason\":\"NO_LONGER_NEEDED\"}"));
    WAYS.put(
        RefusalReason.REPLY_UNKNOWN,
        () ->
            gateway()
                .post(
                    HOVEDSTADEN,
                    newCase() + "/retractions",
                    "{\"retracts\":\"" + newId() + "\",\"reason\":\"WRONG_CPR\"}"));
    WAYS.put(
        RefusalReason.CASE_UNKNOWN,
        () -> {
          Messages samples = samples(SYD);
          return gateway()
              .fhir(
                  ODENSE,
                  samples.cancellation(samples.request(MediaType.FHIR_JSON), MediaType.FHIR_JSON));
        });
    WAYS.put(
        RefusalReason.CASE_NOT_YOURS,
        () -> {
          Messages samples = samples(SYD);
          gateway().fhir(ODENSE, samples.request(MediaType.FHIR_JSON)).expect(202);
          return gateway()
              .fhir(
                  VEJLE, samples.between(VEJLE.party(), SYD.party()).request(MediaType.FHIR_JSON));
        });
  }

  private static void ofAcknowledgements() {
    WAYS.put(
        RefusalReason.ACKNOWLEDGEMENT_UNMATCHED,
        () -> gateway().fhir(SYD, JourneyIT.acknowledgement(request(SYD), AcknowledgementCode.OK)));
    WAYS.put(
        RefusalReason.ACKNOWLEDGEMENT_INVALID,
        () -> {
          Payload request = request(SYD);
          gateway().fhir(ODENSE, request).expect(202);
          Payload acknowledgement = JourneyIT.acknowledgement(request, AcknowledgementCode.OK);
          return gateway()
              .fhir(
                  SYD,
                  new Payload(
                      new String(acknowledgement.bytes(), StandardCharsets.UTF_8)
                          .replaceFirst("\"timestamp\":\"\\d{4}", "\"timestamp\":\"2999")
                          .getBytes(StandardCharsets.UTF_8),
                      MediaType.FHIR_JSON));
        });
    WAYS.put(
        RefusalReason.ACKNOWLEDGEMENT_CONTRADICTED,
        () -> {
          String letter = newId();
          JourneyIT.plain(AARHUS, HOVEDSTADEN, letter);
          gateway().awaitInbox(HOVEDSTADEN, letter);
          String path = "/api/v1/inbox/" + letter + "/acknowledgement";
          gateway().post(HOVEDSTADEN, path, "{\"code\":\"ok\"}").expect(201);
          return gateway().post(HOVEDSTADEN, path, "{\"code\":\"fatal-error\"}");
        });
  }

  static Set<RefusalReason> reasons() {
    return WAYS.keySet();
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void saysWhyAndWhereWithoutAnyonesData(RefusalReason reason) throws Exception {
    Answer answer = WAYS.get(reason).get();

    assertThat(answer.status()).as(answer.text()).isEqualTo(reason.httpStatus());
    assertThat(answer.text()).contains(reason.name());
    assertThat(answer.text())
        .contains(reason.text().da())
        .doesNotContain("2509479989", "3209479989", "0703922VJ4", "Elmer", "Bruno", "Signe Sand");
    if (answer.header("Content-Type").startsWith("application/problem+json")) {
      assertThat(answer.json().path("code").asText()).isEqualTo(reason.name());
      if (reason.httpStatus() == 422) {
        assertThat(answer.json().path("problems"))
            .extracting(problem -> problem.path("path").asText())
            .allSatisfy(path -> assertThat(path).isNotEmpty())
            .noneMatch(path -> Character.isUpperCase(path.charAt(0)));
      }
    } else if (answer.text().contains("acknowledgement-message")) {
      assertThat(Messages.READER.read(answer.payload()).acknowledgement().get().code())
          .isEqualTo(AcknowledgementCode.FATAL_ERROR);
      assertThat(answer.text()).contains(reason.acknowledgementCode());
      assertThat(answer.text()).doesNotContainPattern(reason.name() + " (MessageHeader|Task)");
    } else {
      assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    }
  }

  @Test
  void meetsEveryReasonOrSaysWhyNot() {
    Set<RefusalReason> covered = EnumSet.copyOf(WAYS.keySet());
    covered.addAll(MET_ELSEWHERE.keySet());

    assertThat(covered).containsExactlyInAnyOrder(RefusalReason.values());
    assertThat(WAYS.keySet()).doesNotContainAnyElementsOf(MET_ELSEWHERE.keySet());
  }

  @Test
  void tellsAllProblemsOfAPlainRequestAtOnce() {
    ObjectNode request = PlainRequests.request(HOVEDSTADEN);
    request.put("form", "NONE").put("receiver", "nobody").put("purpose", "").put("colour", "red");
    request.put("questions", "one");
    request.withObject("/citizen").put("cpr", "3209479989");
    request.withObject("/consent").put("validUntil", PlainRequests.today().minusDays(1).toString());
    request.withObject("/contact").put("phone", "ring");
    String key = newId();

    Answer answer =
        gateway()
            .post(AARHUS, PlainRequests.PATH, request.toString(), "Idempotency-Key", key)
            .expect(422);

    assertThat(answer.json().path("problems").findValuesAsText("code"))
        .containsExactlyInAnyOrder(
            "FIELD_UNKNOWN",
            "FIELD_INVALID",
            "FORM_UNKNOWN",
            "RECEIVER_UNKNOWN",
            "PURPOSE_MISSING",
            "CPR_INVALID",
            "CONSENT_EXPIRED",
            "PHONE_MISSING");
    assertThat(answer.text()).contains("confirmDuplicate, ").doesNotContain("3209479989");
    JourneyIT.plain(AARHUS, HOVEDSTADEN, key);
  }

  private static Messages samples(Organisation receiver) {
    return Messages.at(Instant.now()).between(ODENSE.party(), receiver.party());
  }

  private static Payload request(Organisation receiver) {
    return samples(receiver).request(MediaType.FHIR_JSON);
  }

  private static Answer door(String body, String type) {
    return gateway().post(ODENSE.id(), Partner.PATH, body.getBytes(StandardCharsets.UTF_8), type);
  }

  /** The path of a new case between employment-aarhus and psychiatry-hovedstaden. */
  private static String newCase() {
    return "/api/v1/cases/" + JourneyIT.plain(AARHUS, HOVEDSTADEN, newId()).path("caseId").asText();
  }

  /** A JSON message after a change to its first resource of a type. */
  private static Payload changed(Payload message, String type, Consumer<JsonNode> change) {
    try {
      JsonNode bundle = Gateway.JSON.readTree(message.bytes());
      for (JsonNode entry : bundle.path("entry")) {
        if (entry.at("/resource/resourceType").asText().equals(type)) {
          change.accept(entry.path("resource"));
          break;
        }
      }
      return new Payload(Gateway.JSON.writeValueAsBytes(bundle), MediaType.FHIR_JSON);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
