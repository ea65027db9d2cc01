package dk.attestbro.fhir;

import dk.attestbro.model.Contact;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import java.time.LocalDate;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Task;

/** Writes a discharge notice and its answer (docs/message-model.md section 3). */
final class DischargeWriter {
  private DischargeWriter() {}

  static Bundle write(LetterDraft draft, LetterContent.DischargeNotice notice) {
    LocalDate day = required(notice.dischargeDate(), "date");
    Contact contact = required(notice.contact(), "contact");
    CaseLetter letter =
        CaseLetter.first(draft, required(notice.citizen(), "citizen"), "new-message")
            .status(Task.TaskStatus.REQUESTED);
    Encounter encounter = new Encounter();
    encounter.setStatus(Encounter.EncounterStatus.INPROGRESS);
    encounter.setClass_(new Coding().setSystem(Canonicals.ACT_CODE).setCode("IMP"));
    encounter.setSubject(letter.patient());
    encounter.addParticipant().setIndividual(letter.person(contact.name(), contact.phone(), ""));
    encounter.getPeriod().setEndElement(new DateTimeType(day.toString()));
    encounter.addLocation().getLocation().setDisplay(notice.unit());
    encounter.setServiceProvider(letter.organization(draft.sender()));
    letter.add(encounter, "encounter", "Indlagt: " + notice.unit(), "Udskrives: " + day);
    letter.input("text", notice.text());
    return letter.finished();
  }

  static Bundle write(LetterDraft draft, LetterContent.MentorOutcome outcome) {
    CaseLetter letter =
        CaseLetter.following(draft, "reply-message").status(Task.TaskStatus.COMPLETED);
    letter
        .task()
        .getBusinessStatus()
        .addCoding()
        .setSystem(Canonicals.MENTOR_OUTCOME)
        .setCode(outcome.outcome());
    letter.output("text", outcome.text());
    return letter.finished();
  }

  private static <T> T required(Optional<T> part, String name) {
    return part.orElseThrow(
        () -> new IllegalArgumentException("the discharge notice has no " + name));
  }
}
