package dk.attestbro.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.crypto.CmsProtection;
import dk.attestbro.crypto.KeyAndCertificate;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.demo.RememberingPartner.Way;
import dk.attestbro.gateway.pages.Browser;
import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Contact;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.port.StaffRole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promise (b): nothing that a letter says lies in clear text in the database, on the broker, in a
 * log or a temporary file, nor on the pages for operations. Where other tests of the process used
 * the gateway before, what they left is swept as well.
 */
@ExtendWith(SharedInstallation.Given.class)
class SweepIT {
  private static final String CPR = "2509479989";
  private static final String FAMILY = "Berggrensen";
  private static final String PURPOSE = "SeedPurpose7Q3ZK";
  private static final String QUESTION = "SeedQuestion8W4XL";
  private static final String FACTS = "SeedFacts9E5CV";
  private static final String ANSWER = "SeedAnswer2R6BN";
  private static final String REFERENCE = "SeedReference3T7";
  private static final String CONTACT = "SeedContact4Y8";
  private static final String SCOPE = "SeedScope5U9MA";
  private static final String TITLE = "SeedTitle6I1PQ";

  /** The pages of the desk that need no id. */
  private static final List<String> DESK =
      List.of(
          "",
          "/live",
          "/queues",
          "/queues/psychiatry-midt",
          "/letters",
          "/letters?sort=-status",
          "/cases",
          "/dead",
          "/sorting",
          "/directory",
          "/certificates",
          "/lateness");

  private static final String LATENESS_PDF = "/lateness/pdf";
  private static final String PDF_TITLE = "Attester mellem kommuner og psykiatri";

  private static final List<String> SEEDS =
      List.of(CPR, FAMILY, PURPOSE, QUESTION, FACTS, ANSWER, REFERENCE, CONTACT, SCOPE, TITLE);

  @Test
  void nothingThatALetterSaysIsLeftInClearText(SharedInstallation shared) throws Exception {
    Installation gateway = shared.running();
    shared.syd.now(Way.ACKNOWLEDGES_IN_THE_RESPONSE);
    shared.midt.now(Way.REFUSES);

    LetterId control = journey(gateway, shared.odense);
    draft(gateway);
    byte[] pages = pages(gateway);
    byte[] desk = desk(gateway);
    gateway.stop();

    String id = control.value();
    Set<String> inData =
        new Needles(Stream.concat(SEEDS.stream(), Stream.of(id)).toList()).in(gateway.data());
    Needles seeds = new Needles(SEEDS);
    long bytes = size(gateway.data());
    System.out.printf(
        "SweepIT: %d seeds in %d MB of data, %d KB of log, %d bytes of API, %d KB of the desk%n",
        SEEDS.size(),
        bytes >> 20,
        Files.size(gateway.log()) >> 10,
        pages.length,
        desk.length >> 10);
    assertThat(inData)
        .as("the search itself: an id is there to be found")
        .anyMatch(found -> found.startsWith(id) && found.contains("postgres"));
    assertThat(inData).as("data folder").allMatch(found -> found.startsWith(id));
    assertThat(seeds.in(shared.folder.resolve("tmp"))).as("temporary files").isEmpty();
    assertThat(seeds.in(Files.readAllBytes(gateway.log()))).as("log").isEmpty();
    assertThat(seeds.in(pages)).as("API of operations").isEmpty();
    assertThat(seeds.in(desk)).as("pages and exports of the desk").isEmpty();
  }

  /** Letters in JSON, FHIR and CMS, refused ones, a dead one and a reply; returns an id of one. */
  private static LetterId journey(Installation gateway, ThrowawayKey odense) throws Exception {
    ObjectNode plain = plainRequest(gateway);
    String token = gateway.token(Organisations.AARHUS);
    String requests = "/api/v1/certificate-requests";
    JsonNode taken = gateway.api.post(token, requests, plain).expect(201).json();
    gateway.api.post(token, requests, plain.deepCopy().put("form", FACTS)).expect(422);
    gateway.api.post(token, requests, plain.deepCopy().put(FACTS, FACTS));

    LetterId request = LetterId.random();
    CaseId caseId = CaseId.random();
    Payload fhir = seeded(gateway, request, caseId, Organisations.SYD, MediaType.FHIR_JSON);
    String own = gateway.token(Organisations.ODENSE);
    gateway.api.process(own, fhir).expect(202);
    LetterId inXml = LetterId.random();
    gateway
        .api
        .process(
            own, seeded(gateway, inXml, CaseId.random(), Organisations.SYD, MediaType.FHIR_XML))
        .expect(202);
    LetterId encrypted = LetterId.random();
    gateway.api.process(own, encrypted(gateway, encrypted, odense)).expect(202);
    for (int i = 0; i < 8; i++) {
      Payload good =
          seeded(
              gateway, LetterId.random(), CaseId.random(), Organisations.SYD, MediaType.FHIR_JSON);
      assertThat(gateway.api.process(own, Poison.of(i, good)).status()).isBetween(400, 422);
    }
    LetterId dead = LetterId.random();
    gateway
        .api
        .process(
            own, seeded(gateway, dead, CaseId.random(), Organisations.MIDT, MediaType.FHIR_JSON))
        .expect(202);
    awaitStatus(gateway, Organisations.AARHUS, taken.get("letterId").asText(), "ACKNOWLEDGED");
    awaitStatus(gateway, Organisations.ODENSE, request.value(), "ACKNOWLEDGED");
    awaitStatus(gateway, Organisations.ODENSE, inXml.value(), "ACKNOWLEDGED");
    awaitStatus(gateway, Organisations.ODENSE, encrypted.value(), "ACKNOWLEDGED");
    awaitStatus(gateway, Organisations.ODENSE, dead.value(), "DEAD");
    reply(gateway, fhir, caseId);
    return request;
  }

  /** A request that a caseworker has begun and not sent. */
  private static void draft(Installation gateway) throws Exception {
    DemoFolder.User caseworker = gateway.caseworker();
    Browser browser = new Browser(gateway.api.base().getPort());
    browser.signIn(caseworker.staff().id(), caseworker.password());
    browser.get("/counter/requests/new?form=PSYK125&receiver=psychiatry-syd");
    Map<String, String> fields =
        Map.of(
            "form", "PSYK125",
            "receiver", "psychiatry-syd",
            "_kind", "cpr",
            "_number", CPR,
            "citizen.name.family", FAMILY,
            "purpose", PURPOSE,
            "_do", "keep");
    assertThat(browser.post("/counter/requests", fields).statusCode()).isBetween(300, 399);
    assertThat(browser.get("/counter?tab=drafts").body()).contains("/counter/drafts/");
  }

  private static ObjectNode plainRequest(Installation gateway) {
    ObjectNode plain = gateway.contents.plainRequest(Organisations.SYD);
    plain.put("purpose", PURPOSE).put("facts", FACTS).put("reference", REFERENCE);
    plain.putArray("questions").add(QUESTION);
    ((ObjectNode) plain.get("citizen").get("name")).put("family", FAMILY);
    ((ObjectNode) plain.get("consent")).put("scope", SCOPE);
    ((ObjectNode) plain.get("contact")).put("name", CONTACT);
    return plain;
  }

  private static Payload seeded(
      Installation gateway, LetterId id, CaseId caseId, Organisations to, MediaType type) {
    CertificateRequest usual = gateway.contents.request().request();
    Consent consent = usual.consent().orElseThrow();
    CertificateRequest request =
        new CertificateRequest(
            usual.form(),
            Optional.of(
                new Citizen(
                    Citizen.IdKind.CPR, DemoContents.CPR_SYSTEM, CPR, FAMILY, List.of("Rikke"))),
            PURPOSE,
            List.of(QUESTION),
            FACTS,
            Optional.of(
                new Consent(consent.basis(), consent.givenAt(), consent.validUntil(), SCOPE, "")),
            Optional.of(new Contact(CONTACT, "+4565432100")),
            REFERENCE,
            usual.wishedBy(),
            usual.caseStartedOn());
    return gateway.letter(
        id,
        Organisations.ODENSE,
        to,
        caseId,
        new LetterContent.Request(request),
        Optional.empty(),
        type);
  }

  private static Payload encrypted(Installation gateway, LetterId id, ThrowawayKey odense)
      throws Exception {
    Payload letter = seeded(gateway, id, CaseId.random(), Organisations.SYD, MediaType.FHIR_JSON);
    String pem =
        new String(
            gateway.api.get("", "/.well-known/attestbro.pem", "*/*").expect(200).body(),
            StandardCharsets.US_ASCII);
    Certificate to =
        Certificate.of(Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
    CmsProtection partner =
        new CmsProtection(
            new KeyAndCertificate(odense.key(), odense.certificate()),
            List.of(),
            new PrivateKeyOperations());
    return new Payload(partner.protect(letter, to, gateway.clock.instant()), MediaType.CMS);
  }

  private static void reply(Installation gateway, Payload request, CaseId caseId) {
    LetterContent.Reply reply =
        new LetterContent.Reply(
            new CertificateReply(
                Map.of(
                    "facts.account",
                    List.of(new Answer.TextAnswer(ANSWER)),
                    "assessment.considerations",
                    List.of(new Answer.TextAnswer(ANSWER)),
                    "question.1",
                    List.of(new Answer.TextAnswer(ANSWER))),
                false,
                CONTACT,
                "0HQ7X",
                List.of(new Attachment(TITLE, "application/pdf", seededPdf(gateway)))));
    LetterId id = LetterId.random();
    gateway
        .api
        .process(
            gateway.token(Organisations.SYD),
            gateway.letter(
                id,
                Organisations.SYD,
                Organisations.ODENSE,
                caseId,
                reply,
                Optional.of(gateway.messages.reader().read(request)),
                MediaType.FHIR_JSON))
        .expect(202);
    String own = gateway.token(Organisations.ODENSE);
    String path = "/api/v1/inbox/" + id.value();
    Await.until(
        "the reply in the inbox",
        Duration.ofSeconds(60),
        () ->
            gateway.api.get(own, path, "application/json").status() == 200
                ? Optional.of(true)
                : Optional.empty());
    for (String format :
        List.of(
            "application/json",
            "application/fhir+json",
            "application/fhir+xml",
            "application/pdf")) {
      assertThat(gateway.api.get(own, path, format).expect(200).body()).isNotEmpty();
    }
  }

  private static byte[] seededPdf(Installation gateway) {
    byte[] pdf = gateway.contents.pdf();
    byte[] comment = ("\n%" + ANSWER + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] seeded = Arrays.copyOf(pdf, pdf.length + comment.length);
    System.arraycopy(comment, 0, seeded, pdf.length, comment.length);
    return seeded;
  }

  private static void awaitStatus(
      Installation gateway, Organisations sender, String id, String status) {
    Await.until(
        "status " + status,
        Duration.ofSeconds(60),
        () ->
            gateway.message(sender, new LetterId(id)).get("status").asText().equals(status)
                ? Optional.of(true)
                : Optional.empty());
  }

  private static byte[] pages(Installation gateway) throws IOException {
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    for (String path :
        List.of(
            "/actuator/prometheus",
            "/actuator/health",
            "/api/v1/operations/queues",
            "/api/v1/operations/dead-letters")) {
      pages.write(gateway.api.get(gateway.operator(), path, "*/*").expect(200).body());
    }
    assertThat(pages.toString(StandardCharsets.UTF_8)).contains("psychiatry-midt");
    return pages.toByteArray();
  }

  /** Every page and export of the desk that each role may see, as an HTTP client sees it. */
  private static byte[] desk(Installation gateway) throws Exception {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    String dead = first(gateway, "letters?status=DEAD", "letterId");
    String caseId = first(gateway, "cases", "caseId");
    for (StaffRole role : List.of(StaffRole.OPERATOR, StaffRole.LEAD, StaffRole.AUDITOR)) {
      DemoFolder.User user = gateway.user(role);
      Browser browser = new Browser(gateway.api.base().getPort());
      browser.signIn(user.staff().id(), user.password());
      List<String> pages = new ArrayList<>(DESK);
      pages.add("/letters/" + dead);
      pages.add("/cases/" + caseId);
      if (role != StaffRole.OPERATOR) {
        pages.addAll(List.of("/lateness/csv", LATENESS_PDF, "/cases/" + caseId + "/evidence"));
      }
      for (String page : pages) {
        seen.write(unpacked(browser.bytes("/desk" + page)));
      }
      Map<String, String> citizen = Map.of("cpr", CPR, "reason", "sweep");
      browser.get("/desk/letters");
      seen.write(posted(browser, "/desk/letters/citizen", citizen));
      if (role == StaffRole.AUDITOR) {
        browser.get("/desk/access-log");
        seen.write(posted(browser, "/desk/access-log", citizen));
        seen.write(posted(browser, "/desk/access-log/csv", citizen));
      }
    }
    assertThat(seen.toString(StandardCharsets.UTF_8)).as("the PDF's text").contains(PDF_TITLE);
    assertThat(new Needles(List.of(dead, caseId)).in(seen.toByteArray()))
        .anyMatch(found -> found.startsWith(dead))
        .anyMatch(found -> found.startsWith(caseId));
    return seen.toByteArray();
  }

  private static String first(Installation gateway, String list, String field) {
    return gateway
        .api
        .getJson(gateway.operator(), "/api/v1/operations/" + list)
        .at("/items/0/" + field)
        .asText();
  }

  private static byte[] posted(Browser browser, String path, Map<String, String> fields)
      throws Exception {
    HttpResponse<String> answer = browser.post(path, fields);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body().getBytes(StandardCharsets.UTF_8);
  }

  /** What is in an archive, file by file, or the text of a PDF; anything else as it is. */
  private static byte[] unpacked(byte[] bytes) throws IOException {
    if (new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.US_ASCII).equals("%PDF")) {
      try (PDDocument document = Loader.loadPDF(bytes)) {
        return new PDFTextStripper().getText(document).getBytes(StandardCharsets.UTF_8);
      }
    }
    if (bytes.length < 2 || bytes[0] != 'P' || bytes[1] != 'K') {
      return bytes;
    }
    ByteArrayOutputStream files = new ByteArrayOutputStream();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
        files.write(file.getName().getBytes(StandardCharsets.UTF_8));
        zip.transferTo(files);
      }
    }
    return files.toByteArray();
  }

  private static long size(Path tree) throws IOException {
    try (var all = Files.walk(tree)) {
      return all.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }
}
