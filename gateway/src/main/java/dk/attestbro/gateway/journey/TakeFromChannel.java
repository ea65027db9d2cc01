package dk.attestbro.gateway.journey;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.AnswerDocument;
import dk.attestbro.port.AnswerDocument.Kind;
import dk.attestbro.port.Caller;
import dk.attestbro.port.ChannelAnswer;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what a party put on its queue or into its folder on the same journey as what comes over
 * HTTPS, and says what becomes of it there. Where nothing could be promised it stays where it was.
 */
public final class TakeFromChannel {
  private final ReceiveRoute receive;
  private final AnswerDocuments documents;
  private final MessageWriter writer;
  private final Clock clock;

  public TakeFromChannel(
      ReceiveRoute receive, AnswerDocuments documents, MessageWriter writer, Clock clock) {
    this.receive = receive;
    this.documents = documents;
    this.writer = writer;
    this.clock = clock;
  }

  /** Takes it as that party's. */
  public ChannelAnswer from(PartyId party, Payload payload) {
    Caller caller = new Caller(Set.of(party), false, party.value());
    Answer answer =
        receive.take(IncomingMessage.of(caller, payload, Optional.of(party), clock.instant()));
    if (answer instanceof Answer.Accepted accepted) {
      return receipt(accepted.receipt());
    }
    if (answer instanceof Answer.Repeated repeated) {
      return receipt(repeated.receipt());
    }
    if (answer instanceof Answer.RepeatedAcknowledgement repeated) {
      return new ChannelAnswer.Taken(Optional.of(acknowledgement(repeated.acknowledgement())));
    }
    if (answer instanceof Answer.Refused refused) {
      return refused(refused);
    }
    return new ChannelAnswer.Taken(Optional.empty());
  }

  /** The refusal of what is not even read, by its code of the one table. */
  public ChannelAnswer.Refused refusal(String code) {
    Refusal refusal = Refusal.of(RefusalReason.valueOf(code));
    return new ChannelAnswer.Refused(code, outcome(refusal));
  }

  private ChannelAnswer receipt(Receipt receipt) {
    return new ChannelAnswer.Taken(
        Optional.of(new AnswerDocument(Kind.RECEIPT, documents.receipt(receipt))));
  }

  private ChannelAnswer refused(Answer.Refused refused) {
    RefusalReason reason = refused.refusal().reason();
    if (reason.isForLater() || reason == RefusalReason.INTERNAL_ERROR) {
      return new ChannelAnswer.Later(reason.name());
    }
    return new ChannelAnswer.Refused(
        reason.name(),
        refused
            .acknowledgement()
            .map(this::acknowledgement)
            .orElseGet(() -> outcome(refused.refusal())));
  }

  private AnswerDocument acknowledgement(Payload message) {
    return new AnswerDocument(
        Kind.ACKNOWLEDGEMENT, writer.as(message, MediaType.FHIR_JSON).bytes());
  }

  private AnswerDocument outcome(Refusal refusal) {
    return new AnswerDocument(Kind.OUTCOME, documents.outcome(refusal));
  }
}
