package dk.attestbro.gateway.demo;

import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.AcknowledgementDraft;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What an organisation writes, whichever way it goes. */
record PartnerLetters(Organisations organisation, Messages messages, Clock clock) {
  /** A letter of its own. */
  Payload write(
      LetterId id,
      Organisations receiver,
      CaseId caseId,
      LetterContent content,
      Optional<MessageReading> previous,
      MediaType type) {
    return messages
        .writer()
        .letter(
            new LetterDraft(
                id,
                BundleId.random(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                organisation.party(),
                receiver.party(),
                organisation.isMunicipality(),
                caseId,
                content,
                previous,
                Optional.empty()),
            type);
  }

  /** That it has this letter. */
  Payload acknowledgement(MessageReading letter) {
    Organisations sender =
        Organisations.bySor(letter.sender().sor())
            .orElseThrow(() -> new StepFailed("a letter from an unknown organisation"));
    return messages
        .writer()
        .acknowledgement(
            new AcknowledgementDraft(
                LetterId.random(),
                BundleId.random(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                organisation.party(),
                sender.party(),
                Optional.empty(),
                letter.letterId(),
                AcknowledgementCode.OK,
                List.of(),
                Optional.of(letter)),
            letter.payload().mediaType());
  }
}
