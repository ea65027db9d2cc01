package dk.attestbro.gateway.routes;

import static dk.attestbro.gateway.routes.Endpoints.RECEIVE_MAIL;

import dk.attestbro.gateway.journey.FetchedMail;
import dk.attestbro.gateway.journey.MailTaken;
import dk.attestbro.mail.MailAccount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;

/** The way in by mail: one route per account; a mail is moved when it is recorded. */
public final class ReceiveMailRouteBuilder extends RouteBuilder {
  private final List<MailAccount> accounts;
  private final Function<FetchedMail, MailTaken> take;
  private final int mostBytes;
  private final Timer timer;
  private final Clock clock;

  public ReceiveMailRouteBuilder(
      List<MailAccount> accounts,
      Function<FetchedMail, MailTaken> take,
      int mostBytes,
      MeterRegistry meters,
      Clock clock) {
    this.accounts = List.copyOf(accounts);
    this.take = take;
    this.mostBytes = mostBytes;
    this.timer = Steps.timer("take-mail", meters);
    this.clock = clock;
  }

  @Override
  public void configure() {
    for (MailAccount account : accounts) {
      MailEdge edge =
          new MailEdge(account, mail -> timer.record(() -> take.apply(mail)), mostBytes, clock);
      from(MailBox.endpoint(account, getContext()))
          .routeId(RECEIVE_MAIL + "-" + account.name())
          .description("Mails of one account are taken for what they are, and then moved")
          .routeConfigurationId(ErrorHandling.MAIL_STAYS)
          .process(edge::take);
    }
  }
}
