package dk.attestbro.pdf;

import dk.attestbro.model.Answer;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateReplyRules;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.pdf.Xhtml.Row;
import dk.attestbro.port.LetterDocuments;
import dk.attestbro.port.ReplyDocument;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Shows a reply as a PDF: the case, the request, the answers under the headings of their form, the
 * author, and of which message it is the rendering. Every answer is shown, also one that the form
 * does not know; what is empty is left out.
 */
public final class ReplyPdf implements LetterDocuments {
  private static final Locale DANISH = Locale.forLanguageTag("da");
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d. MMMM uuuu", DANISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d. MMMM uuuu 'kl.' HH.mm", DANISH).withZone(COPENHAGEN);
  private static final DateTimeFormatter PDF_DATE =
      DateTimeFormatter.ofPattern("'D:'uuuuMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String RENDERING =
      "Dette dokument er en gengivelse af et struktureret svar, dannet af Attestbro. Meddelelsen"
          + " selv er originalen.";

  @Override
  public byte[] pdf(ReplyDocument reply) {
    return PdfDocument.render(page(reply));
  }

  static String page(ReplyDocument document) {
    Instant received = document.letter().receivedAt();
    String title = title(document);
    Xhtml page = new Xhtml(title, RENDERING, PDF_DATE.format(received));
    page.heading(1, title).paragraphs(RENDERING);
    page.heading(2, "Sagen").table(matter(document));
    document.request().ifPresent(request -> request(page, request));
    answers(page, document);
    page.heading(2, "Svaret er afgivet af").table(author(document.reply()));
    attachments(page, document.reply().attachments());
    page.heading(2, "Om originalen").table(original(document));
    return page.end();
  }

  private static String title(ReplyDocument document) {
    boolean corrects = document.letter().event().equals(EventCode.CERTIFICATE_CORRECTION.code());
    return (corrects ? "Rettet svar" : "Svar")
        + document.form().map(form -> ": " + form.code() + " " + form.title().da()).orElse("");
  }

  private static List<Row> matter(ReplyDocument document) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Fra", document.sender()));
    rows.add(new Row("Til", document.receiver()));
    document.request().flatMap(CertificateRequest::citizen).ifPresent(c -> citizen(c, rows));
    rows.add(new Row("Sag", document.letter().caseId().map(CaseId::toString).orElse("")));
    rows.add(
        new Row(
            "Modtagers reference",
            document.request().map(CertificateRequest::reference).orElse("")));
    rows.add(new Row("Dato", DAY.format(document.letter().receivedAt().atZone(COPENHAGEN))));
    rows.add(
        new Row(
            "Oplyst utilstrækkeligt kendskab",
            document.reply().insufficientKnowledge()
                ? "Ja. Afsenderen oplyser, at kendskabet til borgeren ikke er tilstrækkeligt til at"
                    + " besvare anmodningen."
                : "Nej"));
    return rows;
  }

  private static void citizen(Citizen citizen, List<Row> rows) {
    rows.add(
        new Row("Borger", (String.join(" ", citizen.given()) + " " + citizen.family()).strip()));
    switch (citizen.idKind()) {
      case CPR -> rows.add(new Row("Personnummer", citizen.id().replaceFirst("^(\\d{6})", "$1-")));
      case X_ECPR -> rows.add(new Row("Erstatningsnummer (X-eCPR)", citizen.id()));
      case D_ECPR ->
          rows.add(
              new Row(
                  "Erstatningsnummer (D-eCPR)", citizen.id() + " (" + citizen.idSystem() + ")"));
    }
  }

  private static void request(Xhtml page, CertificateRequest request) {
    if (!request.purpose().isBlank()) {
      page.heading(2, "Anmodningen").heading(3, "Formål").paragraphs(request.purpose());
    }
  }

  private static void answers(Xhtml page, ReplyDocument document) {
    Map<String, List<Answer>> left = new TreeMap<>(document.reply().answers());
    String heading = "";
    for (FormItem item : document.form().map(Form::items).orElse(List.of())) {
      List<Answer> answers = left.remove(item.linkId());
      if (answers != null && isSaid(answers)) {
        if (!item.group().da().equals(heading)) {
          heading = item.group().da();
          page.heading(2, heading);
        }
        answer(page, item.text().da(), Optional.of(item), answers);
      }
    }
    freeAnswers(page, document, left);
    left.values().removeIf(answers -> !isSaid(answers));
    if (!left.isEmpty()) {
      page.heading(2, "Øvrige svar");
      left.forEach((linkId, answers) -> answer(page, linkId, Optional.empty(), answers));
    }
  }

  private static void freeAnswers(
      Xhtml page, ReplyDocument document, Map<String, List<Answer>> left) {
    List<String> questions =
        document.request().map(CertificateRequest::questions).orElse(List.of());
    TreeMap<Integer, List<Answer>> numbered = new TreeMap<>();
    for (String linkId : List.copyOf(left.keySet())) {
      OptionalInt number = CertificateReplyRules.freeQuestion(linkId);
      number.ifPresent(n -> numbered.put(n, left.remove(linkId)));
    }
    numbered.values().removeIf(answers -> !isSaid(answers));
    if (questions.isEmpty() && numbered.isEmpty()) {
      return;
    }
    page.heading(2, "Spørgsmål stillet i anmodningen");
    for (int n = 1; n <= questions.size(); n++) {
      List<Answer> answers =
          Optional.ofNullable(numbered.remove(n))
              .orElse(List.of(new Answer.TextAnswer("Ikke besvaret i skemaet.")));
      answer(page, n + ". " + questions.get(n - 1), Optional.empty(), answers);
    }
    numbered.forEach((n, answers) -> answer(page, "Spørgsmål " + n, Optional.empty(), answers));
  }

  private static boolean isSaid(List<Answer> answers) {
    return answers.stream()
        .anyMatch(answer -> !(answer instanceof Answer.TextAnswer text) || !text.value().isBlank());
  }

  private static void answer(
      Xhtml page, String question, Optional<FormItem> item, List<Answer> answers) {
    List<String> shown =
        answers.stream()
            .map(answer -> shown(answer, item))
            .filter(text -> !text.isBlank())
            .toList();
    page.heading(3, question);
    if (shown.size() == 1) {
      page.paragraphs(shown.get(0));
    } else {
      page.list(shown);
    }
  }

  private static String shown(Answer answer, Optional<FormItem> item) {
    if (answer instanceof Answer.TextAnswer text) {
      return text.value();
    }
    if (answer instanceof Answer.NumberAnswer number) {
      return number.value().toPlainString().replace('.', ',');
    }
    if (answer instanceof Answer.BooleanAnswer flag) {
      return flag.value() ? "Ja" : "Nej";
    }
    if (answer instanceof Answer.DateAnswer date) {
      return DAY.format(date.value());
    }
    Answer.CodeAnswer code = (Answer.CodeAnswer) answer;
    return item.flatMap(i -> i.option(code.system(), code.code()))
        .map(option -> option.display().da())
        .orElse(code.code());
  }

  private static List<Row> author(CertificateReply reply) {
    return List.of(
        new Row("Navn", reply.authorName().isBlank() ? "Ikke oplyst" : reply.authorName()),
        new Row("Autorisations-id", reply.authorisationId()));
  }

  private static void attachments(Xhtml page, List<Attachment> attachments) {
    if (!attachments.isEmpty()) {
      page.heading(2, "Bilag");
      page.paragraphs("Bilagene ligger i meddelelsen og er ikke en del af dette dokument.");
      page.list(
          attachments.stream()
              .map(
                  a ->
                      a.title().isBlank()
                          ? a.contentType()
                          : a.title() + " (" + a.contentType() + ")")
              .toList());
    }
  }

  private static List<Row> original(ReplyDocument document) {
    return List.of(
        new Row("Meddelelsens id", document.letter().ref().id().value()),
        new Row("SHA-256 af meddelelsen", document.message().hex()),
        new Row("Modtaget i Attestbro", MOMENT.format(document.letter().receivedAt())));
  }
}
