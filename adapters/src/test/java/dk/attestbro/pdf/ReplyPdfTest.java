package dk.attestbro.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.FhirForms;
import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Digest;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.ReplyDocument;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ReplyPdfTest {
  private static final Form PSYK125 = new FhirForms().find("PSYK125").orElseThrow();
  private static final Digest MESSAGE = Digest.of(new byte[] {1});
  private static final String HISTORY =
      """
      Indlagt første gang i 2019. Sover dårligt & går i stå < 2 timer.

      Er siden 2024 fulgt ambulant: æblegrød, ørken, Århus.""";
  private static final CertificateRequest REQUEST =
      new CertificateRequest(
          "PSYK125",
          Optional.of(new Citizen(Citizen.IdKind.CPR, "", "2509479989", "Elmer", List.of("Bruno"))),
          "Afklaring af ret til ressourceforløb.",
          List.of("Kan borgeren deltage i praktik?", "Hvornår ventes bedring?"),
          "",
          Optional.empty(),
          Optional.empty(),
          "A-17",
          Optional.empty(),
          Optional.empty());

  private final ReplyPdf pdfs = new ReplyPdf();

  @Test
  void rendersAReplyForTheArchiveAndForScreenReaders() {
    PdfSamples.assertAccessibleArchive(pdfs.pdf(document(EventCode.CERTIFICATE_REPLY, answers())));
  }

  @Test
  void isReadInTheOrderOfTheForm() {
    assertThat(text(document(EventCode.CERTIFICATE_REPLY, answers())))
        .containsSubsequence(
            "Svar: PSYK125 Statusattest fra psykiatrien",
            "dannet af Attestbro.",
            "Fra Region Midtjylland, Psykiatrien",
            "Til Aarhus Kommune, Beskæftigelse",
            "Borger Bruno Elmer",
            "Personnummer 250947-9989",
            "Sag 5d3c8b0a-7c1f-4f43-9d0e-0f6b3a1f2c55",
            "Modtagers reference A-17",
            "Dato 22. november 2026",
            "Oplyst utilstrækkeligt kendskab Nej",
            "Afklaring af ret til ressourceforløb.",
            "A. Helbredsmæssige oplysninger",
            "Sygehistorie",
            "Sover dårligt & går i stå < 2 timer.",
            "æblegrød, ørken, Århus.",
            "DF322",
            "DF419",
            "Forløbets status",
            "Ambulant",
            "Sidst set i aktuelt forløb",
            "3. november 2026",
            "B. Lægens vurdering",
            "Anbefalet arbejdstid, timer om ugen",
            "7,5",
            "Ja",
            "Spørgsmål stillet i anmodningen",
            "1. Kan borgeren deltage i praktik?",
            "Ja, med støtte.",
            "2. Hvornår ventes bedring?",
            "Ikke besvaret i skemaet.",
            "Lone Lind",
            "06B4K",
            "Journaludskrift (image/png)",
            "Meddelelsens id letter-1",
            MESSAGE.hex().substring(0, 20));
  }

  @Test
  void leavesOutWhatIsEmptyAndKeepsWhatTheFormDoesNotKnow() {
    String text =
        text(
            document(
                EventCode.CERTIFICATE_REPLY,
                Map.of(
                    "facts.history", List.of(new Answer.TextAnswer(" ")),
                    "facts.newer", List.of(new Answer.TextAnswer("Står her alligevel")))));
    assertThat(text).contains("Øvrige svar", "facts.newer", "Står her alligevel");
    assertThat(text).doesNotContain("Sygehistorie", "A. Helbredsmæssige");
  }

  @Test
  void saysThatACorrectionIsOne() {
    assertThat(text(document(EventCode.CERTIFICATE_CORRECTION, answers())))
        .contains("Rettet svar: PSYK125");
  }

  @Test
  void theSameReplyGivesTheSameBytes() {
    assertThat(pdfs.pdf(document(EventCode.CERTIFICATE_REPLY, answers())))
        .isEqualTo(pdfs.pdf(document(EventCode.CERTIFICATE_REPLY, answers())));
  }

  @Test
  void whatSomeoneWroteIsTextWhateverItIs() {
    String hostile =
        "</p><script>x</script>&amp; \u0000\u0007\u202eabc\ud800 😀 ]]> <img src='file:///etc/x'/> "
            + "u".repeat(300);
    byte[] pdf =
        pdfs.pdf(
            document(
                EventCode.CERTIFICATE_REPLY,
                Map.of("facts.account", List.of(new Answer.TextAnswer(hostile)))));

    assertThat(PdfSamples.text(pdf))
        .contains("</p><script>x</script>&amp; abc □ ]]> <img src='file:///etc/x'/>");
    assertThat(PdfSamples.text(pdf).replaceAll("[^u]", "")).hasSizeGreaterThanOrEqualTo(300);
    PdfSamples.assertAccessibleArchive(pdf);
  }

  @Test
  void aReplyWithoutRequestFormOrAnswersIsStillADocument() {
    ReplyDocument full = document(EventCode.CERTIFICATE_REPLY, Map.of());
    ReplyDocument bare =
        new ReplyDocument(
            full.letter(),
            MESSAGE,
            full.sender(),
            full.receiver(),
            Optional.empty(),
            Optional.empty(),
            new CertificateReply(Map.of(), true, "", "", List.of()));
    byte[] pdf = pdfs.pdf(bare);

    assertThat(PdfSamples.text(pdf)).contains("Ja. Afsenderen oplyser").contains("Ikke oplyst");
    PdfSamples.assertAccessibleArchive(pdf);
  }

  private String text(ReplyDocument document) {
    return PdfSamples.text(pdfs.pdf(document));
  }

  private static Map<String, List<Answer>> answers() {
    return Map.of(
        "facts.history", List.of(new Answer.TextAnswer(HISTORY)),
        "facts.diagnosis-codes",
            List.of(new Answer.TextAnswer("DF322"), new Answer.TextAnswer("DF419")),
        "facts.course", List.of(new Answer.CodeAnswer("", "outpatient")),
        "facts.last-seen", List.of(new Answer.DateAnswer(LocalDate.of(2026, 11, 3))),
        "assessment.work", List.of(new Answer.TextAnswer("Kan arbejde i rolige omgivelser.")),
        "assessment.hours", List.of(new Answer.NumberAnswer(new BigDecimal("7.5"))),
        "assessment.meeting-useful", List.of(new Answer.BooleanAnswer(true)),
        "question.1", List.of(new Answer.TextAnswer("Ja, med støtte.")));
  }

  private static ReplyDocument document(EventCode event, Map<String, List<Answer>> answers) {
    Letter letter =
        new Letter(
            new LetterRef(new PartyId("psychiatry-midt"), new LetterId("letter-1")),
            Optional.of(new BundleId("bundle-1")),
            event.code(),
            Optional.of(new PartyId("employment-aarhus")),
            Optional.of(new CaseId(UUID.fromString("5d3c8b0a-7c1f-4f43-9d0e-0f6b3a1f2c55"))),
            Instant.parse("2026-11-22T10:15:00Z"),
            MESSAGE,
            MESSAGE,
            MediaType.FHIR_JSON,
            LetterStatus.SENT,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1);
    return new ReplyDocument(
        letter,
        MESSAGE,
        "Region Midtjylland, Psykiatrien",
        "Aarhus Kommune, Beskæftigelse",
        Optional.of(PSYK125),
        Optional.of(REQUEST),
        new CertificateReply(
            answers,
            false,
            "Lone Lind",
            "06B4K",
            List.of(new Attachment("Journaludskrift", "image/png", new byte[] {1}))));
  }
}
