package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class NarrativeTextTest {
  private static final String CONSENT = "<p>Samtykke</p>";
  private static final String CONSENT_PATH = "Bundle.entry[6].resource.text.div";

  @Test
  void oneDigestStandsForEveryWayToWriteTheSameXhtml() {
    Digest asWritten = digest(json(CONSENT));

    assertThat(digest(json("<!-- no word --><p>Samt&#121;kke</p>"))).isEqualTo(asWritten);
    assertThat(
            digest(
                xml(
                    x ->
                        x.replaceFirst(
                            "<div xmlns=\"[^\"]+\"><p>Samtykke</p></div>",
                            "<h:div xmlns:h=\"http://www.w3.org/1999/xhtml\">"
                                + "<h:p><![CDATA[Samtykke]]></h:p></h:div>"))))
        .isEqualTo(asWritten);
    assertThat(digest(json("<p class='a' title='b'>Samtykke</p>")))
        .isEqualTo(digest(json("<p title='b'  class='a'>Samtykke</p>")))
        .isNotEqualTo(asWritten);
  }

  @Test
  void anotherDigestStandsForWordsInAnotherElementOrAnotherResource() {
    String json = Samples.request();
    String otherResource =
        json.replace("<p>Samtykke</p>", "<p>@</p>")
            .replaceFirst("<p>(?!@)([^<]+)</p>", "<p>Samtykke</p>")
            .replace("<p>@</p>", "<p>" + firstWords(json) + "</p>");

    assertThat(digest(Samples.json(otherResource))).isNotEqualTo(digest(Samples.json(json)));
    assertThat(digest(json("<p><b>Samtykke</b></p>")))
        .isNotEqualTo(digest(json("<b><p>Samtykke</p></b>")));
  }

  @Test
  void namedEntitiesOfHtmlAreLetThroughInJson() {
    assertThat(digest(json("<p>Samtykke&nbsp;her</p>"))).isNotEqualTo(digest(json(CONSENT)));
  }

  @Test
  void whatLooksLikeAnAttachmentWithinANarrativeIsPartOfTheNarrative() {
    String data = "<p>Samtykke<data value='QUJDRA=='/></p>";

    assertThat(digest(xml(x -> x.replace(CONSENT, data)))).isEqualTo(digest(json(data)));
  }

  @Test
  void brokenXhtmlIsToldWhereItStandsAndHasItsOwnDigest() {
    Problem unreadable = new Problem(RefusalReason.RESOURCE_UNREADABLE, CONSENT_PATH);

    assertThat(problems(json("<p>Samtykke"))).containsExactly(unreadable);
    assertThat(problems(json("<p>Samtykke</b>"))).containsExactly(unreadable);
    assertThat(digest(json("<p>Samtykke</b>"))).isNotEqualTo(digest(json("<p>Samtykke")));
  }

  @Test
  void aNarrativeIsCountedAsDeepAsItIs() {
    assertRefused(
        json("<b>".repeat(100) + "x" + "</b>".repeat(100)), RefusalReason.TOO_COMPLEX, "");
    assertRefused(json("<b/>".repeat(200_001)), RefusalReason.TOO_COMPLEX, "");
  }

  @Test
  void anEmptyNarrativeIsMissingAndAPictureIsNot() {
    String path = "Bundle.entry[6].resource.text";

    assertThat(problems(json("<p> </p>")))
        .contains(new Problem(RefusalReason.NARRATIVE_MISSING, path));
    assertThat(problems(json("<p><img src='data:image/png;base64,iVBORw0KGgo=' alt='x'/></p>")))
        .doesNotContain(new Problem(RefusalReason.NARRATIVE_MISSING, path));
  }

  @Test
  void aPictureOfAMegabyteIsRead() {
    String picture = "<p>Samtykke<img alt='x' src='data:image/png;base64,@'/></p>";

    assertThat(digest(json(picture.replace("@", "A".repeat(1_000_000)))))
        .isNotEqualTo(digest(json(picture)));
  }

  @Test
  void activeContentIsFoundInContainedResourcesTooInJsonAndXml() {
    Payload json =
        Samples.request(
            bundle -> {
              Patient patient =
                  patient(bundle.getEntry().stream().map(e -> e.getResource()).toList());
              for (String text : new String[] {"<p>quiet</p>", "<script>x</script>"}) {
                Organization contained = new Organization();
                contained.setId(text.contains("script") ? "b" : "a");
                contained.getText().setStatus(Narrative.NarrativeStatus.GENERATED);
                contained.getText().setDivAsString("<div>" + text + "</div>");
                patient.addContained(contained);
                patient.addGeneralPractitioner().setReference("#" + contained.getId());
              }
              return bundle;
            });
    List<Resource> resources =
        Samples.read(json).bundle().getEntry().stream().map(e -> e.getResource()).toList();
    int patient = resources.indexOf(patient(resources));
    Problem active =
        new Problem(
            RefusalReason.ACTIVE_CONTENT,
            "Bundle.entry[" + patient + "].resource.contained[1].text.div");

    assertThat(problems(json)).contains(active);
    assertThat(
            problems(Samples.xml(Samples.asXml(new String(json.bytes(), StandardCharsets.UTF_8)))))
        .contains(active);
  }

  private static Patient patient(List<Resource> resources) {
    return resources.stream()
        .filter(Patient.class::isInstance)
        .map(Patient.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<Problem> problems(Payload payload) {
    return MessagingRules.check(Samples.read(payload), Instant.parse("2026-11-22T12:00:00Z"));
  }

  private static Payload json(String consent) {
    return Samples.json(
        Samples.request().replace(CONSENT, consent.replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  private static Payload xml(UnaryOperator<String> change) {
    return Samples.xml(change.apply(Samples.asXml(Samples.request())));
  }

  private static Digest digest(Payload payload) {
    return Samples.read(payload).contentDigest();
  }

  private static String firstWords(String json) {
    int start = json.indexOf("<p>") + 3;
    return json.substring(start, json.indexOf("</p>", start));
  }

  private static void assertRefused(Payload payload, RefusalReason reason, String path) {
    MessageRefused refused =
        catchThrowableOfType(MessageRefused.class, () -> Samples.read(payload));
    assertThat(refused.refusal().problems()).containsExactly(new Problem(reason, path));
  }
}
