package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.pages.LetterSheet;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContentRules;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A letter about a case as its reader will see it, before it is sent. */
final class LookOver {
  private final PlainLetters letters;
  private final LetterSheet sheet;
  private final Forms forms;
  private final Clock clock;

  LookOver(PlainLetters letters, LetterSheet sheet, Forms forms, Clock clock) {
    this.letters = letters;
    this.sheet = sheet;
    this.forms = forms;
    this.clock = clock;
  }

  /**
   * What the letter says.
   *
   * @param questions that the request asked
   * @throws MessageRefused where something is missing or wrong in it
   */
  List<LetterSheet.Group> of(
      CertificateCase known, CaseAct act, byte[] json, List<String> questions) {
    PlainLetters.CaseDraft draft = letters.draft(known, act.path(), json);
    List<Problem> problems = new ArrayList<>(draft.misread());
    problems.addAll(
        new LetterContentRules(forms, DeadlineRule.day(clock.instant()))
            .check(draft.content(), known.form(), OptionalInt.of(known.opening().freeQuestions())));
    if (!problems.isEmpty()) {
      throw new MessageRefused(new Refusal(problems));
    }
    return sheet.of(draft.content(), forms.find(known.form()), questions);
  }
}
