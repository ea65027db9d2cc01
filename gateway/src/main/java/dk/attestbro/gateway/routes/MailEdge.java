package dk.attestbro.gateway.routes;

import dk.attestbro.gateway.journey.FetchedMail;
import dk.attestbro.gateway.journey.MailTaken;
import dk.attestbro.mail.MailAccount;
import dk.attestbro.mail.MailMark;
import dk.attestbro.mail.RawMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.support.DefaultMessage;

/**
 * Turns a mail on its server into what the journey knows, and what the journey says into where the
 * mail goes; the only place that knows both. A mail is moved or marked only when the journey has
 * recorded it. One that cannot be fetched or taken now stays, and holds up no other.
 */
final class MailEdge {
  private final MailAccount account;
  private final Function<FetchedMail, MailTaken> take;
  private final int mostBytes;
  private final Clock clock;

  MailEdge(MailAccount account, Function<FetchedMail, MailTaken> take, int mostBytes, Clock clock) {
    this.account = account;
    this.take = take;
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  /** Takes the mail and says where it goes; a {@link MailStays} where it stays. */
  void take(Exchange exchange) throws MailStays {
    Message message = exchange.getMessage(MailMessage.class).getOriginalMessage();
    // SECURITY: the mail's own header fields must never become headers, which steer the consumer.
    exchange.setMessage(new DefaultMessage(exchange));
    try {
      file(exchange, message, taken(message));
    } catch (RawMail.Gone gone) {
      // Nobody's loss: who took it away has it, or another node has recorded it.
      exchange.getMessage().setHeader(MailConstants.MAIL_DELETE, false);
    } catch (MessagingException | IOException | RuntimeException failed) {
      throw new MailStays(ErrorHandling.kinds(failed));
    }
  }

  private MailTaken taken(Message message) throws RawMail.Gone, MessagingException, IOException {
    RawMail raw = RawMail.of(message, mostBytes);
    return take.apply(
        new FetchedMail(account.name(), raw.bytes(), raw.whole(), raw.size(), clock.instant()));
  }

  private void file(Exchange exchange, Message message, MailTaken taken)
      throws MessagingException, MailStays {
    if (taken == MailTaken.LATER) {
      throw new MailStays("nothing could be promised now");
    }
    if (account.protocol() == MailAccount.Protocol.POP3) {
      return;
    }
    Optional<String> folder = taken == MailTaken.DONE ? account.done() : account.refused();
    if (folder.isPresent()) {
      exchange.getMessage().setHeader(MailConstants.MAIL_MOVE_TO, folder.get());
    } else {
      MailMark.mark(message);
    }
  }

  /** The mail stays where it is. The message says why, and nothing of the mail. */
  static final class MailStays extends Exception {
    private static final long serialVersionUID = 1L;

    MailStays(String why) {
      super(why, null, false, false);
    }
  }
}
