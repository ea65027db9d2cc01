package dk.attestbro.fhir;

import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Payload;
import java.time.Instant;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Task;

/**
 * Writes messages with HAPI's R4 model. The same draft always gives the same bytes. It does not
 * judge: what is to be written was checked by the rules of the model before, and the finished
 * message is validated like every other.
 */
public final class FhirMessageWriter implements MessageWriter {
  private static final String REPLY = "reply-message";

  private final RequestWriter requests;
  private final ReplyWriter replies;

  public FhirMessageWriter(Forms forms) {
    this.requests = new RequestWriter(forms);
    this.replies = new ReplyWriter(forms);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException where the draft lacks what its event demands: the citizen,
   *     consent or contact of a request, the letter before of every other; the form is unknown
   */
  @Override
  public Payload letter(LetterDraft draft, MediaType type) {
    return Fhir.payload(bundle(draft), type);
  }

  @Override
  public Payload acknowledgement(AcknowledgementDraft draft, MediaType type) {
    return Fhir.payload(AcknowledgementWriter.write(draft), type);
  }

  @Override
  public Payload inNewEnvelope(Payload letter, BundleId bundleId, Instant at) {
    return NewEnvelope.of(letter, bundleId, at);
  }

  @Override
  public Payload as(Payload message, MediaType type) {
    return message.mediaType() == type ? message : Fhir.payload(Fhir.bundle(message), type);
  }

  private Bundle bundle(LetterDraft draft) {
    LetterContent content = draft.content();
    if (content instanceof LetterContent.Request request) {
      return requests.write(draft, request.request());
    } else if (content instanceof LetterContent.Reply reply) {
      return replies.write(following(draft, REPLY), reply.reply());
    } else if (content instanceof LetterContent.Returned returned) {
      CaseLetter letter = following(draft, REPLY).status(Task.TaskStatus.REJECTED);
      letter.reason(Canonicals.RETURN_REASON, returned.reason(), returned.text());
      return letter.finished();
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      CaseLetter letter =
          following(draft, "retract-message", Provenance.ProvenanceEntityRole.REMOVAL)
              .status(Task.TaskStatus.CANCELLED);
      letter.reason(Canonicals.CANCELLATION_REASON, cancelled.reason(), cancelled.text());
      return letter.finished();
    } else if (content instanceof LetterContent.Filed filed) {
      CaseLetter letter = following(draft, REPLY).status(Task.TaskStatus.COMPLETED);
      letter
          .task()
          .getBusinessStatus()
          .addCoding()
          .setSystem(Canonicals.CASE_STATUS)
          .setCode("filed");
      letter.output("reference", filed.reference());
      return letter.finished();
    }
    throw new IllegalArgumentException("no builder for " + content.event());
  }

  private static CaseLetter following(LetterDraft draft, String activity) {
    return following(draft, activity, Provenance.ProvenanceEntityRole.REVISION);
  }

  private static CaseLetter following(
      LetterDraft draft, String activity, Provenance.ProvenanceEntityRole role) {
    MessageReading previous =
        draft
            .previous()
            .orElseThrow(() -> new IllegalArgumentException("no letter before this one"));
    return CaseLetter.following(
        draft.content().event(),
        CaseLetter.Envelope.of(draft),
        Fhir.bundle(previous),
        activity,
        role);
  }
}
