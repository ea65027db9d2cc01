package dk.attestbro.mail;

import dk.attestbro.mail.MxHosts.MxUnknown;
import dk.attestbro.mail.SmtpAttempt.Envelope;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.MailIds;
import dk.attestbro.model.MediaType;
import dk.attestbro.port.ChannelProbe;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.HopTimer;
import dk.attestbro.port.LetterMail;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailSubmission;
import dk.attestbro.port.MessageDelivery;
import dk.attestbro.port.NoticeTokens;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a letter by mail. What is encrypted to its receiver goes by any server of ours; what is not
 * goes only to a listed domain, under TLS up to there; to everyone else goes a notice without a
 * word of the letter, and the letter counts as never delivered. One call is one attempt.
 */
public final class MailDelivery implements MessageDelivery, MailSubmission, ChannelProbe {
  private static final Logger LOG = LoggerFactory.getLogger(MailDelivery.class);

  private final LetterMail mails;
  private final MailAddress from;
  private final NoticeTokens tokens;
  private final TunnelDomains tunnel;
  private final MailRoutes routes;
  private final SmtpTimeouts timeouts;
  private final Clock clock;

  /**
   * @param from the gateway's own address, which delivery notices come to
   * @param tokens by what a notice is known that came from a mail server
   */
  public MailDelivery(
      LetterMail mails,
      MailAddress from,
      NoticeTokens tokens,
      TunnelDomains tunnel,
      MailRoutes routes,
      SmtpTimeouts timeouts,
      Clock clock) {
    this.mails = mails;
    this.from = from;
    this.tokens = tokens;
    this.tunnel = tunnel;
    this.routes = routes;
    this.timeouts = timeouts;
    this.clock = clock;
  }

  @Override
  public DeliveryOutcome deliver(Delivery delivery) {
    MailAddress to = address(delivery.endpoint().address().orElseThrow());
    if (delivery.body().mediaType() == MediaType.CMS) {
      return send(envelope(to, delivery.body().bytes(), delivery, false), false);
    }
    boolean listed = tunnel.has(to.domain());
    byte[] mail;
    try {
      mail =
          listed ? mails.open(delivery, clock.instant()) : mails.notice(delivery, clock.instant());
    } catch (RuntimeException unforeseen) {
      // SECURITY: its kind alone, since its message may hold what the letter says.
      LOG.error(
          "no mail could be written of {}: {}", delivery.letter().ref(), unforeseen.getClass());
      return new TransientFailure("MAIL_NOT_WRITTEN", Optional.empty(), false, true);
    }
    return listed
        ? send(envelope(to, mail, delivery, true), routes.direct())
        : noticed(new Envelope(from, to, mail, "", false));
  }

  @Override
  public DeliveryOutcome submit(MailAddress to, byte[] mail) {
    return send(new Envelope(from, to, mail, "", false), false);
  }

  /** As far as the server that a letter would be handed to: TLS and our login; no mail is sent. */
  @Override
  public List<Hop> probe(Endpoint endpoint) {
    String domain = address(endpoint.address().orElseThrow()).domain();
    HopTimer timer = new HopTimer();
    boolean encrypted = endpoint.encryptTo().isPresent();
    if (!encrypted && !tunnel.has(domain)) {
      return timer.ended(Part.SECURITY, "MAIL_NOT_SECURE").hops();
    }
    boolean direct = !encrypted && routes.direct();
    Optional<SmtpServer> smarthost = routes.smarthost().filter(server -> !direct);
    return smarthost.isPresent()
        ? reached(smarthost.get(), timer)
        : reachedDomain(domain, encrypted, timer);
  }

  private List<Hop> reachedDomain(String domain, boolean encrypted, HopTimer timer) {
    List<String> hosts;
    try {
      hosts = routes.mx().of(domain);
    } catch (MxUnknown unanswered) {
      return timer.ended(Part.ADDRESS, "MX_UNKNOWN").hops();
    }
    Optional<String> host =
        hosts.stream().filter(one -> encrypted || tunnel.isServedBy(domain, one)).findFirst();
    if (host.isEmpty()) {
      return timer.ended(Part.ADDRESS, hosts.isEmpty() ? "MX_NONE" : "MX_NOT_TRUSTED").hops();
    }
    timer.good(Part.ADDRESS);
    return reached(
        new SmtpServer(host.get(), routes.mxPort(), false, Optional.empty(), routes.mxTls()),
        timer);
  }

  private List<Hop> reached(SmtpServer server, HopTimer timer) {
    Optional<DeliveryOutcome> failed = new SmtpAttempt(server, timeouts).reach(from);
    return timer.ended(Part.SECURITY, failed.map(DeliveryOutcome::reason).orElse(Hop.OK)).hops();
  }

  /** The letter itself may not go; that it waits may. */
  private DeliveryOutcome noticed(Envelope notice) {
    DeliveryOutcome sent = send(notice, false);
    return sent instanceof TransientFailure failure && !failure.perhapsDelivered()
        ? failure
        : new FatalFailure("MAIL_NOT_SECURE");
  }

  private Envelope envelope(MailAddress to, byte[] mail, Delivery delivery, boolean tlsOnward) {
    MailIds.Envelope of =
        new MailIds.Envelope(delivery.letter().ref().sender(), delivery.bundleId());
    String id = MailIds.envelopeId(of, tokens.of(of), from.domain());
    return new Envelope(from, to, mail, id, tlsOnward);
  }

  private DeliveryOutcome send(Envelope envelope, boolean direct) {
    Optional<SmtpServer> smarthost = routes.smarthost().filter(server -> !direct);
    return smarthost.isPresent()
        ? new SmtpAttempt(smarthost.get(), timeouts).send(envelope)
        : toDomain(envelope);
  }

  /** The first server that answers decides; the next is for where nobody could be reached. */
  private DeliveryOutcome toDomain(Envelope envelope) {
    String domain = envelope.to().domain();
    List<String> hosts;
    try {
      hosts = routes.mx().of(domain);
    } catch (MxUnknown unanswered) {
      return new TransientFailure("MX_UNKNOWN");
    }
    if (hosts.isEmpty()) {
      return new FatalFailure("MX_NONE");
    }
    DeliveryOutcome last = new TransientFailure("MX_NOT_TRUSTED", Optional.empty(), false, true);
    for (String host : hosts) {
      // SECURITY: without this a forged answer of a name server would get the letter in clear text.
      if (envelope.tlsOnward() && !tunnel.isServedBy(domain, host)) {
        continue;
      }
      SmtpServer server =
          new SmtpServer(host, routes.mxPort(), false, Optional.empty(), routes.mxTls());
      last = new SmtpAttempt(server, timeouts).send(envelope);
      if (last instanceof Delivered || !isUnreached(last)) {
        return last;
      }
    }
    return last;
  }

  private static boolean isUnreached(DeliveryOutcome outcome) {
    return outcome.reason().equals("CONNECT_FAILED");
  }

  private static MailAddress address(URI mailto) {
    String address = mailto.getSchemeSpecificPart();
    int at = address.lastIndexOf('@');
    return new MailAddress(address.substring(0, at), address.substring(at + 1));
  }
}
