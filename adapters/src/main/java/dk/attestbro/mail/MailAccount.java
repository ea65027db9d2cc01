package dk.attestbro.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/**
 * A mail account that mails come in by. The connection is always under TLS 1.2 or newer, and the
 * server must show a certificate for exactly this host name.
 *
 * @param name as in the settings: for routes, logs and the sorting desk
 * @param implicitTls whether TLS is there from the first byte; else by STARTTLS, which must succeed
 *     before anything else is said
 * @param done where mails that were taken are moved; none means that they are marked and stay
 * @param refused where the others are moved; none as with {@code done}
 * @param poll how often the account is looked at
 */
public record MailAccount(
    String name,
    Protocol protocol,
    String host,
    int port,
    boolean implicitTls,
    MailLogin login,
    SSLSocketFactory tls,
    String folder,
    Optional<String> done,
    Optional<String> refused,
    Duration poll) {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  /** How mails are fetched. */
  public enum Protocol {
    IMAP,
    POP3
  }

  /** The scheme of the library: {@code imaps}, {@code imap}, {@code pop3s} or {@code pop3}. */
  public String scheme() {
    String plain = protocol == Protocol.IMAP ? "imap" : "pop3";
    return implicitTls ? plain + "s" : plain;
  }

  /** A session that connects as this account says, and in no other way. */
  public Session session() {
    return session(ANSWER);
  }

  /**
   * @param answer how long the server may be silent before it counts as gone
   */
  Session session(Duration answer) {
    Properties properties = new Properties();
    String prefix = "mail." + scheme() + ".";
    properties.put("mail.store.protocol", scheme());
    properties.put(prefix + "host", host);
    properties.put(prefix + "port", String.valueOf(port));
    properties.put(prefix + "ssl.socketFactory", tls);
    properties.put(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
    // SECURITY: without this any certificate of a trusted issuer could stand for the server.
    properties.put(prefix + "ssl.checkserveridentity", "true");
    properties.put(prefix + "ssl.enable", String.valueOf(implicitTls));
    properties.put(prefix + "starttls.enable", String.valueOf(!implicitTls));
    // SECURITY: without this who sits before the server could have password and mails in the clear.
    properties.put(prefix + "starttls.required", String.valueOf(!implicitTls));
    properties.put(prefix + "ssl.socketFactory.fallback", "false");
    properties.put(prefix + "socketFactory.fallback", "false");
    properties.put(prefix + "connectiontimeout", String.valueOf(CONNECT.toMillis()));
    properties.put(prefix + "timeout", String.valueOf(answer.toMillis()));
    properties.put(prefix + "writetimeout", String.valueOf(ANSWER.toMillis()));
    properties.put(prefix + "fetchsize", "1048576");
    if (login.oauth2()) {
      properties.put(prefix + "auth.mechanisms", "XOAUTH2");
    }
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(login.user(), login.secret().get());
          }
        });
  }

  /** Never user or secret. */
  @Override
  public String toString() {
    return "MailAccount[" + name + ", " + scheme() + "]";
  }
}
