package dk.attestbro.gateway.routes;

import dk.attestbro.mail.MailAccount;
import dk.attestbro.mail.MailMark;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import java.util.HashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.spi.ExceptionHandler;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A mail account as an endpoint that mails come from. */
final class MailBox {
  private static final Logger LOG = LoggerFactory.getLogger(MailBox.class);

  private MailBox() {}

  static MailEndpoint endpoint(MailAccount account, CamelContext camel) {
    MailComponent component = camel.getComponent(account.scheme(), MailComponent.class);
    MailEndpoint endpoint =
        new MailEndpoint(
            account.scheme() + "://" + account.name(), component, configuration(account, camel));
    endpoint.setCamelContext(camel);
    endpoint.setScheduler(new MailLooks(account));
    // Without this the consumer would not know of the scheduler.
    endpoint.configureProperties(new HashMap<>());
    endpoint.setMailUidGenerator((box, message) -> uid(message));
    endpoint.setExceptionHandler(new Quietly(account.name()));
    if (account.protocol() == MailAccount.Protocol.IMAP && staysSomewhere(account)) {
      endpoint.setSearchTerm(MailMark.unmarked());
    }
    return endpoint;
  }

  private static boolean staysSomewhere(MailAccount account) {
    return account.done().isEmpty() || account.refused().isEmpty();
  }

  private static MailConfiguration configuration(MailAccount account, CamelContext camel) {
    MailConfiguration configuration = new MailConfiguration(camel);
    configuration.configureProtocol(account.scheme());
    configuration.setHost(account.host());
    configuration.setPort(account.port());
    Session session = account.session();
    configuration.setJavaMailProperties(session.getProperties());
    configuration.setSession(session);
    configuration.setAuthenticator(
        new MailAuthenticator() {
          @Override
          public PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(
                account.login().user(), account.login().secret().get());
          }
        });
    configuration.setFolderName(account.folder());
    // Who looks into the box must not make the gateway overlook a mail: read or unread is the same.
    configuration.setUnseen(false);
    configuration.setPeek(true);
    configuration.setMapMailMessage(false);
    configuration.setDelete(account.protocol() == MailAccount.Protocol.POP3);
    // One that cannot be listed must not hold up the others.
    configuration.setHandleFailedMessage(true);
    return configuration;
  }

  /** What the server calls the mail; a mail that has no name any more is not the one looked for. */
  private static String uid(Message message) {
    try {
      Folder folder = message.getFolder();
      if (folder instanceof POP3Folder pop3) {
        return String.valueOf(pop3.getUID(message));
      }
      return folder instanceof UIDFolder imap ? Long.toString(imap.getUID(message)) : "";
    } catch (MessagingException | RuntimeException unnamed) {
      return "";
    }
  }

  /** SECURITY: types and places only; what a server says may hold addresses. */
  private record Quietly(String account) implements ExceptionHandler {
    @Override
    public void handleException(Throwable failed) {
      LOG.warn("mail account {}: {}", account, ErrorHandling.kinds(failed));
    }

    @Override
    public void handleException(String message, Throwable failed) {
      handleException(failed);
    }

    @Override
    public void handleException(
        String message, @Nullable Exchange exchange, @Nullable Throwable failed) {
      if (failed != null) {
        handleException(failed);
      }
    }
  }
}
