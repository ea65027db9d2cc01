package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirMessageReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final MessageReader reader = new FhirMessageReader();

  @Test
  void readsWhatTheJourneyNeedsFromJsonAndXmlAlike() {
    for (Payload payload :
        new Payload[] {
          Samples.json(Samples.request()), Samples.xml(Samples.asXml(Samples.request()))
        }) {
      MessageReading message = reader.read(payload);

      assertThat(message.letterId().value()).isEqualTo("9c1a9f0e-3b5c-4f7f-9a53-0a4d0f5c1a01");
      assertThat(message.bundleId().orElseThrow().value())
          .isEqualTo("2f1bb1a6-64c8-4d0e-8d8e-8b8f6a3f0c01");
      assertThat(message.event()).contains(EventCode.CERTIFICATE_REQUEST);
      assertThat(message.sender().sor()).isEqualTo("265161000016000");
      assertThat(message.sender().gln()).isEqualTo("5790000121526");
      assertThat(message.sender().path()).isEqualTo("Bundle.entry[3].resource.identifier");
      assertThat(message.destinations()).hasSize(1);
      assertThat(message.destinations().get(0).isPrimary()).isTrue();
      assertThat(message.destinations().get(0).receiver().sor()).isEqualTo("953741000016009");
      assertThat(message.timestamp()).contains(Instant.parse("2026-11-20T09:00:00Z"));
      assertThat(message.caseId().orElseThrow())
          .hasToString("5d2c0a52-6a5e-4c1e-9c0a-6d2f1f0e7b11");
      assertThat(message.form()).isEqualTo("PSYK125");
      assertThat(message.isCarbonCopy()).isFalse();
      assertThat(message.acknowledgement()).isEmpty();
    }
  }

  @Test
  void givesTheSameContentDigestForJsonAndXml() {
    String json = Samples.requestWithPdf();

    assertThat(reader.read(Samples.xml(Samples.asXml(json))).contentDigest())
        .isEqualTo(reader.read(Samples.json(json)).contentDigest());
  }

  @Test
  void givesTheSameContentDigestForANewEnvelope() {
    String resent =
        Samples.request()
            .replace("2f1bb1a6-64c8-4d0e-8d8e-8b8f6a3f0c01", "another-envelope")
            .replaceFirst(
                "\"timestamp\": \"[^\"]+\"", "\"timestamp\": \"2026-11-20T11:00:00+01:00\"")
            .replaceAll(
                "\"(occurredDateTime|recorded)\": \"[^\"]+\"",
                "\"$1\": \"2026-11-20T11:00:00+01:00\"");

    assertThat(reader.read(Samples.json(resent)).contentDigest())
        .isEqualTo(reader.read(Samples.json(Samples.request())).contentDigest());
  }

  @Test
  void givesAnotherContentDigestForOtherContentOrAnotherAttachment() {
    String json = Samples.requestWithPdf();
    String otherPdf =
        json.replace(
            Base64.getEncoder().encodeToString(Samples.PDF),
            Base64.getEncoder().encodeToString("%PDF-2.0".getBytes(StandardCharsets.US_ASCII)));
    String otherText = json.replace("Afklaring af arbejdsevne", "Afklaring");
    String otherNarrative = json.replace("<p>Samtykke</p>", "<p>Intet samtykke</p>");

    assertThat(
            java.util.stream.Stream.of(json, otherPdf, otherText, otherNarrative)
                .map(text -> reader.read(Samples.json(text)).contentDigest())
                .distinct())
        .hasSize(4);
  }

  @Test
  void everyValueOfALetterTakesPartInItsContentDigest() {
    String json = Samples.requestWithPdf();
    Digest digest = reader.read(Samples.json(json)).contentDigest();
    List<String> unnoticed = new ArrayList<>();
    int changed = 0;
    Matcher value = Pattern.compile("\"(\\w+)\": \"([^\"<>]*)([0-9a-z])\"").matcher(json);
    while (value.find()) {
      char last = value.group(3).charAt(0);
      char other = last == 'z' ? 'y' : last == '9' ? '8' : (char) (last + 1);
      String altered = json.substring(0, value.start(3)) + other + json.substring(value.end(3));
      try {
        changed++;
        if (reader.read(Samples.json(altered)).contentDigest().equals(digest)) {
          unnoticed.add(value.group(1));
        }
      } catch (MessageRefused unreadable) {
        // No letter any more, so no letter of the same content either.
      }
    }

    assertThat(changed).isGreaterThan(60);
    // Bundle.id, its time, and the times of the Provenance of this header.
    assertThat(unnoticed)
        .containsExactlyInAnyOrder("id", "timestamp", "occurredDateTime", "recorded");
  }

  @Test
  void decodesAttachmentsOnlyWhenAsked() {
    for (Payload payload :
        new Payload[] {
          Samples.json(Samples.requestWithPdf()),
          Samples.json(Samples.requestWithPdf().replace("/", "\\/")),
          Samples.xml(Samples.asXml(Samples.requestWithPdf()))
        }) {
      MessageReading message = reader.read(payload);

      assertThat(message.attachments()).hasSize(1);
      assertThat(message.attachments().get(0).data()).isEqualTo(Samples.PDF);
      assertThat(message.attachments().get(0).title()).isEqualTo("Bilag");
      assertThat(message.attachments().get(0).contentType()).isEqualTo("application/pdf");
    }
  }

  @Test
  void decodesEveryLengthOfBase64AsTheJdkDoes() {
    for (int length = 1; length < 40; length++) {
      byte[] document = Arrays.copyOf(Samples.PDF, length);
      String json =
          Samples.requestWithPdf()
              .replace(
                  Base64.getEncoder().encodeToString(Samples.PDF),
                  Base64.getEncoder().encodeToString(document));

      assertThat(reader.read(Samples.json(json)).attachments().get(0).data()).isEqualTo(document);
    }
  }

  @Test
  void findsTheHeaderAtAnyPosition() {
    Payload moved =
        Samples.request(
            bundle -> {
              bundle.getEntry().add(bundle.getEntry().remove(0));
              return bundle;
            });

    assertThat(reader.read(moved).event()).contains(EventCode.CERTIFICATE_REQUEST);
  }

  @Test
  void refusesWhatIsNoMessage() {
    assertRefused("{\"resourceType\":\"Patient\"}", RefusalReason.NOT_FHIR);
    assertRefused("{\"resourceType\":\"Nothing\"}", RefusalReason.NOT_FHIR);
    assertRefused("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", RefusalReason.NOT_FHIR);
    assertRefused("{\"resourceType\":\"Bundle\",\"type\":\"message\"}", RefusalReason.NOT_FHIR);
    assertRefused(
        Samples.request().replace("\"id\": \"9c1a9f0e-3b5c-4f7f-9a53-0a4d0f5c1a01\",", ""),
        RefusalReason.NOT_FHIR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "5",
        "\"text\"",
        "{}",
        "{\"resourceType\":\"Foo\"}",
        "{\"resourceType\":[\"Consent\"]}",
        "{\"resourceType\":\"Consent\",\"extension\":5}"
      })
  void whatCannotBeReadBesideAGoodHeaderIsAMistakeInThisLetter(String resource) throws IOException {
    Payload payload = requestWith(resource);

    assertUnreadable(payload, 6);
    assertThat(reader.read(payload).contentDigest())
        .isNotEqualTo(reader.read(requestWith("7")).contentDigest());
  }

  private static Payload requestWith(String resource) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode bundle = json.readTree(Samples.request());
    ((ObjectNode) bundle.at("/entry/6")).set("resource", json.readTree(resource));
    return Samples.json(json.writeValueAsString(bundle));
  }

  @Test
  @Timeout(20)
  void manyPartsThatCannotBeReadAreFoundWithoutReadingTheMessageForEach() {
    String parts = "{\"data\":\"QUJD\"},".repeat(400) + "{}";
    String entry = "{\"resource\":{\"resourceType\":\"Foo\",\"a\":[" + parts + "]}},";

    assertUnreadable(withMore(entry.repeat(190)), 10);
    assertRefused(withMore(entry.repeat(195)), RefusalReason.NOT_FHIR);
  }

  /** The request with more entries at its end. */
  private static Payload withMore(String entries) {
    String request = Samples.request();
    int end = request.lastIndexOf(']');
    return Samples.json(
        request.substring(0, end)
            + ","
            + entries.substring(0, entries.length() - 1)
            + request.substring(end));
  }

  @Test
  void whatCannotBeReadInXmlIsToldLikewise() {
    String xml = Samples.asXml(Samples.request());

    assertUnreadable(
        Samples.xml(xml.replace("<Consent ", "<Foo ").replace("</Consent>", "</Foo>")), 6);
    assertUnreadable(
        Samples.xml(
            xml.replace("<Consent ", "<Foo ")
                .replace("</Consent>", "</Foo>")
                .replaceAll(
                    "<(/?)(Bundle|entry|resource|fullUrl|id|type|timestamp|meta|profile)\\b",
                    "<$1f:$2")
                .replace("<f:Bundle ", "<f:Bundle xmlns:f='http://hl7.org/fhir' ")),
        6);
  }

  private void assertUnreadable(Payload payload, int entry) {
    MessageReading message = reader.read(payload);

    assertThat(message.letterId().value()).isEqualTo("9c1a9f0e-3b5c-4f7f-9a53-0a4d0f5c1a01");
    assertThat(message.sender().sor()).isEqualTo("265161000016000");
    assertThat(message.sender().path()).isEqualTo("Bundle.entry[3].resource.identifier");
    assertThat(Validators.OWN.validate(message, NOW, OptionalInt.empty()).problems())
        .contains(
            new Problem(RefusalReason.RESOURCE_UNREADABLE, "Bundle.entry[" + entry + "].resource"));
  }

  @Test
  void aHeaderThatCannotBeReadIsNone() {
    assertRefused(
        Samples.request().replaceFirst("\"MessageHeader\"", "\"Foo\""), RefusalReason.NOT_FHIR);
  }

  @Test
  void aNumberThatNobodyCouldWriteOutIsRefusedBeforeItIsRead() {
    String json = Samples.request();
    for (String number : List.of("1e999999999", "1E+101", "-1.5e-101", "1e00000000000200")) {
      assertRefused(
          json.replaceFirst("\\{", "{\"total\":" + number + ","), RefusalReason.TOO_COMPLEX);
    }
    String digits = "9".repeat(1_001);
    String xml = Samples.asXml(json);
    assertRefused(
        Samples.xml(
            xml.replaceFirst("<type value=\"message\"/>", "$0<total value=\"" + digits + "\"/>")),
        RefusalReason.TOO_COMPLEX);
  }

  @Test
  void inXmlSuchANumberIsToldWhereItStands() {
    Payload xml =
        Samples.xml(
            Samples.asXml(Samples.request())
                .replaceFirst(
                    "<period>",
                    "<extension url=\"https://example.org/n\"><valueDecimal"
                        + " value=\"1e999999999\"/></extension><period>"));

    assertThat(Validators.OWN.validate(reader.read(xml), NOW, OptionalInt.empty()).problems())
        .extracting(Problem::reason, Problem::hint)
        .contains(tuple(RefusalReason.FIELD_INVALID, "number"));
  }

  @Test
  void whatIsNotUtf8IsNoText() {
    for (String bytes : List.of("C0AF", "C080", "EDA080", "F5808080", "FF", "C3")) {
      byte[] wrong = HexFormat.of().parseHex(bytes);
      for (Payload payload :
          List.of(Samples.json(Samples.request()), Samples.xml(Samples.asXml(Samples.request())))) {
        byte[] text = payload.bytes();
        int at = new String(text, StandardCharsets.ISO_8859_1).indexOf("Afklaring");
        byte[] broken = Arrays.copyOf(text, text.length + wrong.length);
        System.arraycopy(wrong, 0, broken, at, wrong.length);
        System.arraycopy(text, at, broken, at + wrong.length, text.length - at);
        assertRefused(new Payload(broken, payload.mediaType()), RefusalReason.NOT_READABLE);
      }
    }
  }

  @Test
  void anIdThatNamesNoResourceInAnAddressIsNone() {
    for (String id : List.of(".", "..")) {
      assertRefused(
          Samples.request().replace("9c1a9f0e-3b5c-4f7f-9a53-0a4d0f5c1a01", id),
          RefusalReason.NOT_FHIR);
    }
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    for (Payload payload :
        new Payload[] {
          Samples.json(Samples.requestWithPdf()),
          Samples.xml(Samples.asXml(Samples.requestWithPdf()))
        }) {
      Payload marked =
          new Payload(
              ("\uFEFF" + new String(payload.bytes(), StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8),
              payload.mediaType());

      MessageReading message = reader.read(marked);

      assertThat(message.contentDigest()).isEqualTo(reader.read(payload).contentDigest());
      assertThat(message.attachments().get(0).data()).isEqualTo(Samples.PDF);
      assertThat(Fhir.bundle(marked).getEntry()).hasSameSizeAs(Fhir.bundle(payload).getEntry());
      assertThat(Validators.OWN.validate(message, NOW, OptionalInt.empty()))
          .isEqualTo(Validators.OWN.validate(reader.read(payload), NOW, OptionalInt.empty()));
    }
  }

  @Test
  void refusesBrokenJsonAndDuplicateKeys() {
    assertRefused("", RefusalReason.NOT_READABLE);
    assertRefused("not json", RefusalReason.NOT_READABLE);
    assertRefused(Samples.request().substring(0, 3000), RefusalReason.NOT_READABLE);
    assertRefused(
        "{\"resourceType\":\"Bundle\",\"resourceType\":\"Bundle\"}", RefusalReason.NOT_READABLE);
    assertRefused(Samples.request() + "{}{", RefusalReason.NOT_READABLE);
  }

  @Test
  void refusesBrokenXmlAndAnyDoctype() {
    String xml = Samples.asXml(Samples.request());

    assertRefused(Samples.xml(xml.substring(0, 2000)), RefusalReason.NOT_READABLE);
    assertRefused(
        Samples.xml("<!DOCTYPE b [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>" + xml),
        RefusalReason.NOT_READABLE);
    assertRefused(
        Samples.xml(xml.replace("Samtykke</p>", "&unknown;</p>")), RefusalReason.NOT_READABLE);
    assertRefused(
        new Payload(xml.getBytes(StandardCharsets.UTF_16), MediaType.FHIR_XML),
        RefusalReason.NOT_READABLE);
  }

  @Test
  @Timeout(30)
  void refusesBombsBeforeAnythingIsBuilt() {
    assertRefused("[".repeat(1_000_000), RefusalReason.TOO_COMPLEX);
    assertRefused("{\"a\":".repeat(1_000_000), RefusalReason.TOO_COMPLEX);
    assertRefused("[" + "0,".repeat(1_000_000) + "0]", RefusalReason.TOO_COMPLEX);
    assertRefused(Samples.xml("<a>".repeat(1_000_000)), RefusalReason.TOO_COMPLEX);
    assertRefused(Samples.xml("<a>" + "<b/>".repeat(1_000_000)), RefusalReason.TOO_COMPLEX);
    assertRefused(
        new FhirMessageReader(new ReadingLimits(60, 200_000, 1_000)),
        Samples.json(Samples.request()),
        RefusalReason.TOO_LARGE);
  }

  @Test
  void readsALargeMessageHoldingItOnce() {
    byte[] document = new byte[7_400_000];
    System.arraycopy(Samples.PDF, 0, document, 0, Samples.PDF.length);
    byte[] data = Base64.getEncoder().encode(document);
    String[] around =
        Samples.requestWithPdf().split(Base64.getEncoder().encodeToString(Samples.PDF));
    byte[] before = around[0].getBytes(StandardCharsets.UTF_8);
    byte[] after = around[1].getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[before.length + data.length + after.length];
    System.arraycopy(before, 0, bytes, 0, before.length);
    System.arraycopy(data, 0, bytes, before.length, data.length);
    System.arraycopy(after, 0, bytes, before.length + data.length, after.length);

    FhirMessageReading message = Samples.read(new Payload(bytes, MediaType.FHIR_JSON));

    assertThat(message.skeleton().text().length).isLessThan(20_000);
    assertThat(message.documents().all().get(0).span().decodedSize()).isEqualTo(document.length);
  }

  @Test
  void readsAnAcknowledgement() {
    String text =
        """
        {"resourceType":"Bundle","type":"message","entry":[{"resource":{
          "resourceType":"MessageHeader","id":"ack-1","eventCoding":{
            "system":"http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-messaging-eventCodes",
            "code":"acknowledgement-message"},
          "response":{"identifier":"letter-1","code":"fatal-error"}}},
          {"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",
            "details":{"coding":[{"code":"MSG_BAD_FORMAT"}],"text":"PROFILE_VIOLATED"}}]}}]}
        """;

    var acknowledgement = reader.read(Samples.json(text)).acknowledgement().orElseThrow();

    assertThat(acknowledgement.acknowledges().value()).isEqualTo("letter-1");
    assertThat(acknowledgement.code()).isEqualTo(AcknowledgementCode.FATAL_ERROR);
    assertThat(acknowledgement.issues().get(0).code()).isEqualTo("MSG_BAD_FORMAT");
    assertThat(acknowledgement.issues().get(0).text()).isEqualTo("PROFILE_VIOLATED");
  }

  @Test
  void showsNoContentInToString() {
    assertThat(reader.read(Samples.json(Samples.request())).toString())
        .doesNotContain("2509479989", "Elmer", "Anne");
  }

  private void assertRefused(String json, RefusalReason reason) {
    assertRefused(Samples.json(json), reason);
  }

  private void assertRefused(Payload payload, RefusalReason reason) {
    assertRefused(reader, payload, reason);
  }

  private static void assertRefused(MessageReader reader, Payload payload, RefusalReason reason) {
    assertThatThrownBy(() -> reader.read(payload))
        .isInstanceOfSatisfying(
            MessageRefused.class,
            refused -> assertThat(refused.refusal().reason()).isEqualTo(reason));
  }
}
