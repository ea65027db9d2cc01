package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Contact;
import dk.attestbro.model.LetterContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the demo's letters say. The citizens are registry test persons; the rest is made up. */
final class DemoContents {
  static final String CPR_SYSTEM = "urn:oid:1.2.208.176.1.2";
  static final String ACCOUNT = "Depressiv episode af moderat grad; i bedring siden september.";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalDate today;
  private final byte[] pdf = resource("certificate.pdf");

  DemoContents(LocalDate today) {
    this.today = today;
  }

  /** The PDF that goes with a reply. */
  byte[] pdf() {
    return pdf;
  }

  /** A request for a PSYK125 as a system without FHIR writes it. */
  ObjectNode plainRequest(Organisations receiver) {
    ObjectNode request = JSON.createObjectNode();
    request.put("form", "PSYK125").put("receiver", receiver.id());
    ObjectNode citizen = request.putObject("citizen").put("cpr", "2509479989");
    citizen.putObject("name").put("family", "Elmer").putArray("given").add("Bruno");
    request.put("purpose", "Vurdering af muligheden for et virksomhedsrettet tilbud.");
    request
        .putArray("questions")
        .add("Hvilke hensyn bør en arbejdsplads tage det første halve år?");
    request.put("facts", "Sygemeldt siden maj; samtale afholdt i oktober.");
    request
        .putObject("consent")
        .put("basis", "RSL_11A")
        .put("givenAt", today.minusDays(14).toString())
        .put("validUntil", today.plusDays(300).toString())
        .put("scope", "Oplysninger om det aktuelle forløb til brug for sagen.");
    request.putObject("contact").put("name", "Sagsbehandler A").put("phone", "+4587654321");
    request.put("reference", "2026-12345").put("wishedBy", today.plusDays(21).toString());
    return request;
  }

  /** A request for an LÆ125 as the model has it. */
  LetterContent.Request request() {
    return new LetterContent.Request(
        new CertificateRequest(
            "LAE125",
            Optional.of(
                new Citizen(
                    Citizen.IdKind.CPR, CPR_SYSTEM, "0201609995", "Berggren", List.of("Rikke"))),
            "Status på behandlingen til brug for opfølgning i sygedagpengesagen.",
            List.of("Er der planlagt ændringer i behandlingen?"),
            "Sygemeldt siden august.",
            Optional.of(
                new Consent(
                    Consent.Basis.RSL_11A,
                    Optional.of(today.minusDays(7)),
                    Optional.of(today.plusDays(300)),
                    "Oplysninger om det aktuelle forløb til brug for sagen.",
                    "")),
            Optional.of(new Contact("Sagsbehandler B", "+4565432100")),
            "OD-2026-77",
            Optional.of(today.plusDays(21)),
            Optional.of(today.minusDays(60))));
  }

  /** A reply with answers to the form and to the free question, and a PDF. */
  LetterContent.Reply reply() {
    return new LetterContent.Reply(
        new CertificateReply(
            Map.of(
                "facts.account",
                List.of(new Answer.TextAnswer(ACCOUNT)),
                "facts.last-seen",
                List.of(new Answer.DateAnswer(today.minusDays(10))),
                "assessment.considerations",
                List.of(new Answer.TextAnswer("Få timer i begyndelsen; ro og faste rammer.")),
                "question.1",
                List.of(new Answer.TextAnswer("Nedsat tid og en fast kontaktperson."))),
            false,
            "Overlæge C",
            "0HQ7X",
            List.of(new Attachment("Statusattest", "application/pdf", pdf))));
  }

  private static byte[] resource(String name) {
    try (InputStream in = DemoContents.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
