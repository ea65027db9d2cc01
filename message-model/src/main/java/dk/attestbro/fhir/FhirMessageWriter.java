package dk.attestbro.fhir;

import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.Payload;
import java.time.Instant;
import org.hl7.fhir.r4.model.Bundle;

/**
 * Writes messages with HAPI's R4 model. The same draft always gives the same bytes. It does not
 * judge: what is to be written was checked by the rules of the model before, and the finished
 * message is validated like every other.
 */
public final class FhirMessageWriter implements MessageWriter {
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
   *     consent or contact of a request, the citizen, date or contact of a discharge notice, the
   *     letter before of every other; the form is unknown
   */
  @Override
  public Payload letter(LetterDraft draft, MediaType type) {
    return Fhir.payload(bundle(draft), type);
  }

  @Override
  public Payload passedOn(LetterDraft draft, Payload request) {
    return PassedOnRequest.write(draft, request);
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
      return replies.write(CaseLetter.following(draft, "reply-message"), reply.reply());
    } else if (content instanceof LetterContent.Correction correction) {
      CaseLetter letter = CaseLetter.following(draft, "modified-message");
      letter.output("corrects", correction.corrects());
      letter.task().getStatusReason().setText(correction.reason());
      return replies.write(letter, correction.reply());
    } else if (content instanceof LetterContent.DischargeNotice notice) {
      return DischargeWriter.write(draft, notice);
    } else if (content instanceof LetterContent.MentorOutcome outcome) {
      return DischargeWriter.write(draft, outcome);
    }
    return ShortLetterWriter.write(draft);
  }
}
