package dk.attestbro.mail;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has an IMAP server tell when a mail comes (IDLE, RFC 2177), on a connection of its own. It says
 * only that it is worth looking, and is no more than that: whoever is told looks at the clock too,
 * and goes on where this connection breaks or the server offers no such thing.
 */
public final class MailWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailWatch.class);

  /** RFC 2177: after half an hour a server may take us for gone. A silent one is called anew. */
  private static final Duration SILENT = Duration.ofMinutes(10);

  /** At the most so long after a connection broke. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final MailAccount account;
  private final Runnable news;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean offered = true;
  private volatile Optional<IMAPStore> connected = Optional.empty();

  /**
   * @param news called whenever it is worth looking, and each time that the watch begins anew,
   *     since a mail may have come in between; on a thread of the watch
   */
  public MailWatch(MailAccount account, Runnable news) {
    this.account = account;
    this.news = news;
  }

  /** Begins, in a thread of its own; an account by POP3 has nothing to watch. */
  public void start() {
    if (account.protocol() == MailAccount.Protocol.IMAP) {
      thread("watch-mail-" + account.name(), this::watch).start();
    }
  }

  private void watch() {
    while (offered && !isClosed(Duration.ZERO)) {
      boolean stood = false;
      try (IMAPStore store = (IMAPStore) account.session(SILENT).getStore(account.scheme())) {
        store.connect(account.login().user(), account.login().secret().get());
        offered = store.hasCapability("IDLE");
        if (offered) {
          stood = true;
          watch(store);
        }
      } catch (MessagingException | RuntimeException gone) {
        // SECURITY: types only; what a server says may hold addresses.
        LOG.debug("mail account {} is not watched: {}", account.name(), gone.getClass().getName());
      }
      // One that could not be connected to at all is tried no more often than it is looked at.
      if (offered && isClosed(stood ? soon() : account.poll().plus(AGAIN))) {
        return;
      }
    }
  }

  private Duration soon() {
    return account.poll().compareTo(AGAIN) < 0 ? account.poll() : AGAIN;
  }

  /** Returns when it is closed; else an exception ends it. */
  private void watch(IMAPStore store) throws MessagingException {
    IMAPFolder folder = (IMAPFolder) store.getFolder(account.folder());
    folder.addMessageCountListener(
        new MessageCountAdapter() {
          @Override
          public void messagesAdded(MessageCountEvent added) {
            news.run();
          }
        });
    folder.open(Folder.READ_ONLY);
    connected = Optional.of(store);
    news.run();
    while (!isClosed(Duration.ZERO)) {
      folder.idle();
    }
  }

  private boolean isClosed(Duration within) {
    try {
      return closed.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Ends it; nobody waits for a server that does not answer. */
  @Override
  public void close() {
    closed.countDown();
    connected.ifPresent(
        store -> thread("unwatch-mail-" + account.name(), () -> end(store)).start());
  }

  private static void end(IMAPStore store) {
    try {
      store.close();
    } catch (MessagingException gone) {
      // Then it is ended.
    }
  }
}
