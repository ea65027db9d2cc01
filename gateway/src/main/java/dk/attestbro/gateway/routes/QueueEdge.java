package dk.attestbro.gateway.routes;

import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.TakeFromChannel;
import dk.attestbro.gateway.journey.TellOverQueue;
import dk.attestbro.jms.QueueMessage;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.AnswerDocument;
import dk.attestbro.port.ChannelAnswer;
import jakarta.jms.JMSException;
import java.util.Optional;

/**
 * Takes a message off a party's queue, within the transaction that consumes it. What is recorded or
 * refused is consumed and answered; where nothing could be promised the transaction is rolled back
 * and the broker brings the message again.
 */
public final class QueueEdge {
  private final TakeFromChannel take;
  private final TellOverQueue tell;
  private final Alarms alarms;
  private final int mostBytes;

  public QueueEdge(TakeFromChannel take, TellOverQueue tell, Alarms alarms, int mostBytes) {
    this.take = take;
    this.tell = tell;
    this.alarms = alarms;
    this.mostBytes = mostBytes;
  }

  /** Nothing was promised: the message must come again. The message is a code. */
  static final class ComesAgain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ComesAgain(String code) {
      super(code);
    }

    ComesAgain(Throwable cause) {
      super("INTERNAL_ERROR", cause);
    }
  }

  /**
   * @throws ComesAgain where the transaction must be rolled back
   */
  void take(PartyId party, QueueMessage message) {
    try {
      QueueMessage.Content content = message.content(mostBytes);
      ChannelAnswer answer =
          content
              .payload()
              .map(payload -> take.from(party, payload))
              .orElseGet(() -> take.refusal(content.code()));
      answer(party, message, answer);
    } catch (JMSException broken) {
      throw new ComesAgain(broken);
    }
  }

  private void answer(PartyId party, QueueMessage message, ChannelAnswer answer)
      throws JMSException {
    if (answer instanceof ChannelAnswer.Later later) {
      throw new ComesAgain(later.code());
    } else if (answer instanceof ChannelAnswer.Refused refused) {
      refused(party, message, refused);
    } else if (answer instanceof ChannelAnswer.Taken taken
        && !message.reply(reply(party, "TAKEN", taken.answer()))) {
      alarms.raise(TimelineCode.CHANNEL_IN_TROUBLE, party.value(), "REPLY_NOT_DELIVERED");
    }
  }

  private void refused(PartyId party, QueueMessage message, ChannelAnswer.Refused refused)
      throws JMSException {
    QueueMessage.Reply reply = reply(party, refused.code(), Optional.of(refused.answer()));
    if (message.asksForReply() && message.reply(reply)) {
      return;
    }
    message.putAside(reply);
    alarms.raise(TimelineCode.CHANNEL_REFUSED, party.value(), refused.code());
  }

  private QueueMessage.Reply reply(PartyId party, String code, Optional<AnswerDocument> answer) {
    Optional<TellOverQueue.Told> told = answer.flatMap(document -> tell.to(party, document));
    return new QueueMessage.Reply(
        code,
        told.map(TellOverQueue.Told::body),
        told.map(TellOverQueue.Told::contentType).orElse(""));
  }
}
