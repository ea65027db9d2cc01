package dk.attestbro.mail;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.DeliveryOutcome.Delivered;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.DeliveryOutcome.TransientFailure;
import dk.attestbro.port.MailAddress;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;

/**
 * Hands one mail to one server for one receiver, once. What a server answers about the mail decides
 * (4yz: later, 5yz: never); what it answers about the connection or about us says nothing of the
 * mail, and is tried again.
 */
final class SmtpAttempt {
  private static final String PROTOCOL = "smtp";
  private static final Pattern ANSWER =
      Pattern.compile("\\s*(\\d{3})(?:[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b)?", Pattern.DOTALL);

  private static final int AUTHENTICATION_REQUIRED = 530;

  private final SmtpServer server;
  private final SmtpTimeouts timeouts;

  SmtpAttempt(SmtpServer server, SmtpTimeouts timeouts) {
    this.server = server;
    this.timeouts = timeouts;
  }

  /**
   * @param mail the exact bytes, in CRLF lines
   * @param envelopeId what a delivery notice names the mail by
   * @param tlsOnward whether no server may pass it on without TLS (RFC 8689), where that is offered
   */
  record Envelope(
      MailAddress from, MailAddress to, byte[] mail, String envelopeId, boolean tlsOnward) {}

  DeliveryOutcome send(Envelope envelope) {
    Session session = Session.getInstance(properties(envelope.from()));
    SMTPTransport transport = transport(session);
    try {
      Optional<DeliveryOutcome> unreached = connect(transport);
      return unreached.isPresent() ? unreached.get() : send(session, transport, envelope);
    } finally {
      close(transport);
    }
  }

  /** Connects, secures and identifies as for a mail, and sends none; empty where all went well. */
  Optional<DeliveryOutcome> reach(MailAddress from) {
    SMTPTransport transport = transport(Session.getInstance(properties(from)));
    try {
      return connect(transport);
    } finally {
      close(transport);
    }
  }

  private static SMTPTransport transport(Session session) {
    try {
      return (SMTPTransport) session.getTransport(PROTOCOL);
    } catch (NoSuchProviderException impossible) {
      throw new IllegalStateException("the mail library speaks SMTP", impossible);
    }
  }

  private static void close(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException gone) {
      // What was answered before it went counts.
    }
  }

  private Properties properties(MailAddress from) {
    Properties properties = new Properties();
    String prefix = "mail." + PROTOCOL + ".";
    properties.put(prefix + "ssl.socketFactory", server.tls());
    properties.put(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
    // SECURITY: without this any certificate of a trusted issuer could stand for the server.
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "ssl.enable", String.valueOf(server.implicitTls()));
    properties.put(prefix + "starttls.enable", String.valueOf(!server.implicitTls()));
    // SECURITY: without this a server, or who sits before it, could have the mail in clear text.
    properties.put(prefix + "starttls.required", String.valueOf(!server.implicitTls()));
    properties.put(prefix + "ssl.socketFactory.fallback", "false");
    properties.put(prefix + "socketFactory.fallback", "false");
    properties.put(prefix + "connectiontimeout", String.valueOf(timeouts.connect().toMillis()));
    properties.put(prefix + "timeout", String.valueOf(timeouts.answer().toMillis()));
    properties.put(prefix + "writetimeout", String.valueOf(timeouts.answer().toMillis()));
    properties.put(prefix + "localhost", from.domain());
    properties.put(prefix + "quitwait", "false");
    properties.put(prefix + "auth", String.valueOf(server.login().isPresent()));
    properties.put(
        prefix + "auth.mechanisms",
        server.login().filter(MailLogin::oauth2).isPresent() ? "XOAUTH2" : "PLAIN LOGIN");
    return properties;
  }

  /** Empty where the connection stands, under TLS. */
  private Optional<DeliveryOutcome> connect(SMTPTransport transport) {
    try {
      if (server.login().isPresent()) {
        MailLogin login = server.login().get();
        transport.connect(server.host(), server.port(), login.user(), login.secret().get());
      } else {
        transport.connect(server.host(), server.port(), null, null);
      }
    } catch (AuthenticationFailedException refused) {
      return Optional.of(alarmed("SMTP_LOGIN_FAILED"));
    } catch (MessagingException failed) {
      return Optional.of(notConnected(transport, failed));
    } catch (RuntimeException withoutSecret) {
      return Optional.of(alarmed("SMTP_SECRET_UNREADABLE"));
    }
    // SECURITY: the library was told to demand TLS; a letter does not depend on that alone.
    return transport.isSSL() ? Optional.empty() : Optional.of(alarmed("TLS_REQUIRED"));
  }

  private DeliveryOutcome notConnected(SMTPTransport transport, MessagingException failed) {
    for (Throwable cause : causes(failed)) {
      if (cause instanceof SSLException) {
        return alarmed("TLS_FAILED");
      }
      if (cause instanceof MailConnectException
          || cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof SocketTimeoutException) {
        return new TransientFailure("CONNECT_FAILED");
      }
    }
    boolean greeted = transport.getLastReturnCode() == 250;
    return !server.implicitTls() && greeted && !transport.supportsExtension("STARTTLS")
        ? alarmed("TLS_REQUIRED")
        : answer(String.valueOf(transport.getLastServerResponse()))
            .map(answer -> new TransientFailure(answer.reason()))
            .orElse(new TransientFailure("CONNECTION_BROKEN"));
  }

  private DeliveryOutcome send(Session session, SMTPTransport transport, Envelope envelope) {
    ExactMail mail = new ExactMail(session, envelope.mail());
    mail.setEnvelopeFrom(envelope.from().value());
    mail.setSendPartial(false);
    mail.setNotifyOptions(SMTPMessage.NOTIFY_FAILURE | SMTPMessage.NOTIFY_DELAY);
    // What comes back must not hold the letter: a tunnel mail is in clear text.
    mail.setReturnOption(SMTPMessage.RETURN_HDRS);
    extensions(transport, envelope).ifPresent(mail::setMailExtension);
    try {
      transport.sendMessage(mail, new Address[] {new InternetAddress(envelope.to().value(), true)});
      return new Delivered(Optional.empty());
    } catch (AddressException unwritable) {
      return new FatalFailure("MAIL_ADDRESS_INVALID");
    } catch (MessagingException failed) {
      return outcome(failed, mail.isHandedOver());
    }
  }

  private static Optional<String> extensions(SMTPTransport transport, Envelope envelope) {
    List<String> extensions = new ArrayList<>();
    if (transport.supportsExtension("DSN") && !envelope.envelopeId().isEmpty()) {
      extensions.add("ENVID=" + envelope.envelopeId());
    }
    if (envelope.tlsOnward() && transport.supportsExtension("REQUIRETLS")) {
      extensions.add("REQUIRETLS");
    }
    return extensions.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", extensions));
  }

  private static DeliveryOutcome outcome(MessagingException failed, boolean handedOver) {
    Optional<Answer> answer =
        causes(failed).stream().flatMap(cause -> answerIn(cause).stream()).findFirst();
    if (answer.isEmpty()) {
      // No answer after the final dot: the server may have taken it.
      return new TransientFailure("CONNECTION_BROKEN", Optional.empty(), handedOver, false);
    }
    Answer said = answer.get();
    if (said.code() == AUTHENTICATION_REQUIRED) {
      return alarmed(said.reason());
    }
    return said.code() >= 500
        ? new FatalFailure(said.reason())
        : new TransientFailure(said.reason());
  }

  private static Optional<Answer> answerIn(Throwable cause) {
    int code =
        cause instanceof SMTPAddressFailedException address
            ? address.getReturnCode()
            : cause instanceof SMTPSenderFailedException sender
                ? sender.getReturnCode()
                : cause instanceof SMTPSendFailedException sending ? sending.getReturnCode() : -1;
    return code < 400 ? Optional.empty() : answer(String.valueOf(cause.getMessage()));
  }

  /** What a server answered: its code, and the enhanced one (RFC 3463) where it gave one. */
  private record Answer(int code, Optional<String> enhanced) {
    /** Never the answer's text, which may hold the receiver's address. */
    String reason() {
      return "SMTP_" + code + enhanced.map(e -> "_" + e.replace('.', '_')).orElse("");
    }
  }

  private static Optional<Answer> answer(String line) {
    Matcher parts = ANSWER.matcher(line);
    return parts.lookingAt()
        ? Optional.of(
            new Answer(Integer.parseInt(parts.group(1)), Optional.ofNullable(parts.group(2))))
        : Optional.empty();
  }

  private static TransientFailure alarmed(String reason) {
    return new TransientFailure(reason, Optional.empty(), false, true);
  }

  /** The exception, what caused it and what is chained to it. */
  private static List<Throwable> causes(Throwable failed) {
    List<Throwable> all = new ArrayList<>();
    for (Throwable cause = failed; cause != null && !all.contains(cause); ) {
      all.add(cause);
      cause =
          cause instanceof MessagingException chained && chained.getNextException() != null
              ? chained.getNextException()
              : cause.getCause();
    }
    return all;
  }
}
