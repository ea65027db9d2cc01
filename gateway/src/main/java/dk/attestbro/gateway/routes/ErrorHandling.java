package dk.attestbro.gateway.routes;

import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.LetterRefused;
import dk.attestbro.gateway.journey.Refuse;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.RecordsUnavailable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every route's errors end. Nothing is redelivered by Camel: what the sender got wrong is
 * answered, and what the world got wrong is due again by the outbox row's own clock.
 */
public final class ErrorHandling extends RouteConfigurationBuilder {
  /** For the way in: the sender is answered. */
  static final String REFUSALS = "refusals";

  /** For the way out and the clockwork: logged, and the lease or the next turn mends it. */
  static final String DUE_AGAIN = "due-again";

  /** For mails: the mail stays where it is; the consumer logs why, and comes again. */
  static final String MAIL_STAYS = "mail-stays";

  /** For a partner's queue: the transaction is rolled back, and the broker brings it again. */
  static final String COMES_AGAIN = "comes-again";

  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandling.class);

  private final Refuse refuse;

  public ErrorHandling(Refuse refuse) {
    this.refuse = refuse;
  }

  @Override
  public void configuration() {
    RouteConfigurationDefinition refusals = routeConfiguration(REFUSALS);
    refusals
        .onException(LetterRefused.class)
        .handled(true)
        .process(answered(LetterRefused.class, refuse::withAcknowledgement));
    refusals
        .onException(MessageRefused.class)
        .handled(true)
        .process(answered(MessageRefused.class, refuse::plainly));
    refusals
        .onException(RecordsUnavailable.class)
        .handled(true)
        .process(answered(RecordsUnavailable.class, ErrorHandling::unavailable));
    refusals
        .onException(Throwable.class)
        .handled(true)
        .process(answered(Throwable.class, ErrorHandling::failed));
    routeConfiguration(MAIL_STAYS)
        .onException(MailEdge.MailStays.class)
        .logExhausted(false)
        .handled(false);
    routeConfiguration(DUE_AGAIN)
        .onException(Throwable.class)
        .handled(true)
        .process(ErrorHandling::logged);
    routeConfiguration(COMES_AGAIN)
        .onException(Throwable.class)
        .handled(false)
        .logExhausted(false)
        .process(ErrorHandling::rolledBack);
  }

  /**
   * SECURITY: what fails while a refusal is written ends here; Camel's last resort logs its text,
   * which may quote the message.
   */
  private static <E extends Throwable> Processor answered(
      Class<E> type, Function<E, Answer> refuse) {
    return Steps.caught(
        type,
        caught -> {
          try {
            return refuse.apply(caught);
          } catch (RecordsUnavailable unavailable) {
            return unavailable(unavailable);
          } catch (RuntimeException failed) {
            return failed(failed);
          }
        });
  }

  private static Answer unavailable(RecordsUnavailable cause) {
    return refused(RefusalReason.CANNOT_RECORD, cause);
  }

  private static Answer failed(Throwable cause) {
    return refused(RefusalReason.INTERNAL_ERROR, cause);
  }

  private static Answer refused(RefusalReason reason, Throwable cause) {
    LOG.error("{}: nothing was promised: {}", reason, kinds(cause));
    return new Answer.Refused(Refusal.of(reason), Optional.empty());
  }

  /** SECURITY: what leaves the route is told in logs by others, and must hold no library's text. */
  private static void rolledBack(Exchange exchange) {
    logged(exchange);
    exchange.setException(new QueueEdge.ComesAgain("ROLLED_BACK"));
  }

  private static void logged(Exchange exchange) {
    LOG.warn(
        "{} failed and is due again: {}",
        exchange.getFromRouteId(),
        kinds(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
  }

  /** SECURITY: types and places only; the text of a library's exception may quote the message. */
  static String kinds(Throwable failed) {
    StringBuilder kinds = new StringBuilder();
    for (Throwable at = failed; at != null; at = at.getCause()) {
      kinds.append(kinds.isEmpty() ? "" : ", caused by ").append(at.getClass().getName());
      Arrays.stream(at.getStackTrace()).limit(5).forEach(f -> kinds.append(" at ").append(f));
    }
    return kinds.toString();
  }
}
