package dk.attestbro.gateway.outside;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneId;

/** What a case system without FHIR posts. */
final class PlainRequests {
  static final String PATH = "/api/v1/certificate-requests";

  private PlainRequests() {}

  static LocalDate today() {
    return LocalDate.now(ZoneId.of("Europe/Copenhagen"));
  }

  /** A request with nothing wrong in it, which may be made again about the same citizen. */
  static ObjectNode request(Organisation receiver) {
    ObjectNode request = Gateway.JSON.createObjectNode();
    request.put("form", "PSYK125").put("receiver", receiver.id());
    ObjectNode citizen = request.putObject("citizen").put("cpr", "2509479989");
    citizen.putObject("name").put("family", "Elmer").putArray("given").add("Bruno");
    request.put("purpose", "Vurdering af muligheden for et virksomhedsrettet tilbud.");
    request.putArray("questions").add("Hvilke hensyn bør en arbejdsplads tage?");
    request.put("facts", "Sygemeldt siden maj.");
    request
        .putObject("consent")
        .put("basis", "RSL_11A")
        .put("givenAt", today().minusDays(14).toString())
        .put("validUntil", today().plusDays(300).toString())
        .put("scope", "Oplysninger om det aktuelle forløb.");
    request.putObject("contact").put("name", "Sagsbehandler A").put("phone", "+4587654321");
    request.put("reference", "2026-12345").put("wishedBy", today().plusDays(21).toString());
    request.put("confirmDuplicate", true);
    return request;
  }

  /** A reply with a PDF and an answer. */
  static ObjectNode reply() {
    ObjectNode reply = Gateway.JSON.createObjectNode();
    reply.putObject("answers").put("facts.account", "Forløb siden marts.");
    reply.put("insufficientKnowledge", false);
    reply.putObject("author").put("name", "Overlæge C").put("authorisationId", "0HQ7X");
    return reply;
  }
}
