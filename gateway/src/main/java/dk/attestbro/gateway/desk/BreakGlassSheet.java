package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.pages.LetterSheet;
import dk.attestbro.model.CaseOpening;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.Letter;
import dk.attestbro.model.MessageReading;
import dk.attestbro.port.Records;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Lays out what one letter says as the counter does, out of that letter alone: the free questions
 * of a request, which is another letter, stand by their number above the answers to them.
 */
final class BreakGlassSheet {
  private final Records records;
  private final Forms forms;
  private final LetterSheet sheet;
  private final MessageSource messages;

  BreakGlassSheet(Records records, Forms forms, LetterSheet sheet, MessageSource messages) {
    this.records = records;
    this.forms = forms;
    this.sheet = sheet;
    this.messages = messages;
  }

  /** The groups of a letter; none where it is of no kind that has fields. */
  List<LetterSheet.Group> of(Letter letter, MessageReading read) {
    Optional<CaseOpening> opening =
        letter.caseId().flatMap(records::certificateCase).map(CertificateCase::opening);
    Optional<Form> form = opening.map(CaseOpening::form).flatMap(forms::find);
    int questions = opening.map(CaseOpening::freeQuestions).orElse(0);
    return read.content()
        .map(content -> sheet.of(content, form, numbered(questions)))
        .orElse(List.of());
  }

  private List<String> numbered(int questions) {
    return IntStream.rangeClosed(1, questions)
        .mapToObj(
            number ->
                messages.getMessage(
                    "letter.question",
                    new Object[] {String.valueOf(number)},
                    LocaleContextHolder.getLocale()))
        .toList();
  }
}
