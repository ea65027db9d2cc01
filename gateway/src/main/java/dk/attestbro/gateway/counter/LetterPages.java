package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.LetterPdf;
import dk.attestbro.gateway.pages.Documents;
import dk.attestbro.gateway.pages.LetterSheet;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.AttachmentTypes;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Staff;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One letter: what it says, its documents, and that it was received. */
@Controller
final class LetterPages {
  private static final String LETTER = PagePaths.COUNTER + "/letters/{sender}/{letterId}";

  private final CaseReading reading;
  private final LetterSheet sheet;
  private final LetterPdf pdfs;
  private final MessageWriter writer;
  private final Receiving receiving;
  private final KnownCases cases;
  private final Forms forms;
  private final Clock clock;

  LetterPages(
      CaseReading reading,
      LetterSheet sheet,
      LetterPdf pdfs,
      MessageWriter writer,
      Receiving receiving,
      KnownCases cases,
      Forms forms,
      Clock clock) {
    this.reading = reading;
    this.sheet = sheet;
    this.pdfs = pdfs;
    this.writer = writer;
    this.receiving = receiving;
    this.cases = cases;
    this.forms = forms;
    this.clock = clock;
  }

  @GetMapping(LETTER)
  String one(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("sender") String sender,
      @PathVariable("letterId") String letterId,
      Model model) {
    Letter letter = reading.letter(staff, sender, letterId);
    MessageReading read = reading.reading(staff, letter);
    Optional<CertificateCase> known =
        letter.caseId().flatMap(id -> cases.find(id, clock.instant()));
    Optional<Form> form = known.map(CertificateCase::form).flatMap(forms::find);
    List<String> questions =
        known
            .flatMap(found -> reading.request(staff, found))
            .map(CertificateRequest::questions)
            .orElse(List.of());
    model.addAttribute("letter", letter);
    model.addAttribute("out", letter.ref().sender().equals(OwnCases.party(staff)));
    model.addAttribute("caseId", known.map(found -> found.id().toString()));
    model.addAttribute("waits", receiving.waits(OwnCases.party(staff), letter));
    model.addAttribute(
        "groups",
        read.content().map(content -> sheet.of(content, form, questions)).orElse(List.of()));
    model.addAttribute("documents", Documents.of(read.attachments()));
    model.addAttribute("isRendered", isRendered(read));
    return "counter/letter";
  }

  @GetMapping(LETTER + "/pdf")
  ResponseEntity<byte[]> pdf(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("sender") String sender,
      @PathVariable("letterId") String letterId) {
    Letter letter = reading.letter(staff, sender, letterId);
    return pdfs.rendering(letter, reading.content(staff, letter))
        .map(
            pdf ->
                Documents.download(pdf, AttachmentTypes.PDF.contentType(), name(letter) + ".pdf"))
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_ACCEPTABLE));
  }

  @GetMapping(LETTER + "/fhir")
  ResponseEntity<byte[]> fhir(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("sender") String sender,
      @PathVariable("letterId") String letterId) {
    Letter letter = reading.letter(staff, sender, letterId);
    Payload message = writer.as(reading.content(staff, letter), MediaType.FHIR_JSON);
    return Documents.download(message.bytes(), MediaType.FHIR_JSON.value(), name(letter) + ".json");
  }

  @GetMapping(LETTER + "/documents/{number}")
  ResponseEntity<byte[]> document(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("sender") String sender,
      @PathVariable("letterId") String letterId,
      @PathVariable("number") int number) {
    Letter letter = reading.letter(staff, sender, letterId);
    return Documents.download(
        reading.reading(staff, letter).attachments(), number, letter.ref().id());
  }

  /** What kind of letter a file holds, and of which case: nothing of a person. */
  private static String name(Letter letter) {
    String of = letter.caseId().map(CaseId::toString).orElse(letter.ref().id().value());
    return letter.event() + "-" + CaseViews.number(of);
  }

  /** The person received it: it is acknowledged as any system does. */
  @PostMapping(LETTER + "/receipt")
  String receive(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("sender") String sender,
      @PathVariable("letterId") String letterId,
      RedirectAttributes flash) {
    Letter letter = reading.letter(staff, sender, letterId);
    receiving.receive(staff, letter);
    flash.addFlashAttribute("done", "received");
    return letter
        .caseId()
        .map(CaseId::toString)
        .filter(id -> cases.find(letter.caseId().get(), clock.instant()).isPresent())
        .map(id -> "redirect:" + PagePaths.COUNTER + "/cases/" + id)
        .orElse("redirect:" + PagePaths.COUNTER);
  }

  /** Only what is written in fields is rendered; the documents are there as they came. */
  private static boolean isRendered(MessageReading read) {
    return read.content()
        .filter(
            content ->
                content instanceof LetterContent.Reply
                    || content instanceof LetterContent.Correction)
        .isPresent();
  }
}
