package dk.attestbro.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dk.attestbro.gateway.demo.MailAuthority;
import dk.attestbro.gateway.journey.FetchedMail;
import dk.attestbro.gateway.journey.MailTaken;
import dk.attestbro.gateway.journey.TestGateway;
import dk.attestbro.mail.MailAccount;
import dk.attestbro.mail.MailLogin;
import dk.attestbro.mail.MailTls;
import dk.attestbro.mail.MailWatch;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.samples.TestCa;
import dk.attestbro.trust.JudgedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails from real IMAP and POP3 servers under TLS; what takes them is in the test's hand. */
final class ReceiveMailTest {
  private static final String PASSWORD = "secret";
  private static final Duration OFTEN = Duration.ofMillis(50);
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int MOST = 4000;
  private static final AtomicInteger BOXES = new AtomicInteger();

  @TempDir static Path folder;
  private static GreenMail server;

  private final List<FetchedMail> taken = new CopyOnWriteArrayList<>();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final TestGateway gateway = new TestGateway();
  private final String user = "box" + BOXES.incrementAndGet();
  private GreenMailUser box;

  @BeforeAll
  static void startServer() throws Exception {
    MailAuthority.certify(folder);
    server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3S)
            });
    server.start();
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  @BeforeEach
  void makeBox() throws Exception {
    box = server.getUserManager().createUser(user + "@x.dk", user, PASSWORD);
  }

  @AfterEach
  void stop() {
    camel.stop();
    gateway.close();
  }

  @Test
  void takesEachMailExactlyAsItIsAndMovesIt() throws Exception {
    String odd =
        "X-Odd:  two  spaces\r\n\tfolded \r\nSubject: =?utf-8?Q?=C3=A6?=\r\n\r\n.\r\n--b \r\nx\r\n";
    put(odd);
    put(mail("two"));

    start(imap(), mail -> text(mail).contains("Hej two") ? MailTaken.NOT_DONE : MailTaken.DONE);

    waiting().until(() -> count("Done") == 1 && count("Refused") == 1 && count("INBOX") == 0);
    assertThat(taken).extracting(ReceiveMailTest::text).containsExactly(odd, mail("two"));
    assertThat(taken).allMatch(FetchedMail::whole);
  }

  @Test
  void aMailThatCannotBeTakenStaysAndHoldsUpNoOther() throws Exception {
    put(mail("poison"));
    put(mail("later"));
    put(mail("good"));

    start(
        imap(),
        mail -> {
          if (text(mail).contains("poison")) {
            throw new IllegalStateException("poison");
          }
          boolean first = count(taken, "later") < 3;
          return text(mail).contains("later") && first ? MailTaken.LATER : MailTaken.DONE;
        });

    waiting().until(() -> count("Done") == 2 && count("INBOX") == 1);
    assertThat(count(taken, "good")).isEqualTo(1);
    assertThat(count(taken, "later")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aMailThatWasRecordedButNotMovedComesAgainAndIsMovedThen() throws Exception {
    put(mail("once"));
    AtomicInteger recorded = new AtomicInteger();

    start(
        imap(),
        mail -> {
          if (recorded.compareAndSet(0, 1)) {
            throw new IllegalStateException("the power fails after the record");
          }
          return MailTaken.DONE;
        });

    waiting().until(() -> count("Done") == 1 && count("INBOX") == 0);
    assertThat(taken).hasSize(2);
    assertThat(taken.get(0).bytes()).isEqualTo(taken.get(1).bytes());
  }

  @Test
  void aMailThatSomeoneElseRemovesMeanwhileStopsNothing() throws Exception {
    put(mail("removed"));
    put(mail("stays"));

    start(
        imap(),
        mail -> {
          if (text(mail).contains("removed")) {
            expunge("removed");
          }
          return MailTaken.DONE;
        });

    waiting().until(() -> count(taken, "stays") > 0 && count("INBOX") == 0);
    assertThat(count(taken, "removed")).isEqualTo(1);
  }

  @Test
  void aMailThatAPersonHasReadIsTakenToo() throws Exception {
    put(mail("read"));
    server
        .getManagers()
        .getImapHostManager()
        .getInbox(box)
        .getMessages()
        .forEach(stored -> stored.setFlag(Flags.Flag.SEEN, true));

    start(imap(), mail -> MailTaken.DONE);

    waiting().until(() -> count("Done") == 1);
  }

  @Test
  void whereMailsStayEachIsMarkedAndTakenOnce() throws Exception {
    put(mail("one"));
    MailAccount staying =
        account(MailAccount.Protocol.IMAP, Optional.empty(), OFTEN, trusted(root()));

    start(staying, mail -> MailTaken.DONE);

    waiting().until(() -> taken.size() == 1);
    put(mail("two"));
    waiting().until(() -> count(taken, "two") == 1);
    assertThat(count(taken, "one")).isEqualTo(1);
    assertThat(count("INBOX")).isEqualTo(2);
  }

  @Test
  void ofAMailThatIsTooLargeTheHeaderAloneIsFetched() throws Exception {
    put("Subject: large\r\n\r\n" + "x".repeat(MOST) + "\r\n");

    start(imap(), mail -> MailTaken.NOT_DONE);

    waiting().until(() -> count("Refused") == 1);
    assertThat(taken.get(0).whole()).isFalse();
    assertThat(taken.get(0).size()).isGreaterThan(MOST);
    assertThat(text(taken.get(0))).isEqualTo("Subject: large\r\n\r\n");
  }

  @Test
  void noFieldOfTheMailSteersWhereItGoes() throws Exception {
    put("CamelMailMoveTo: Elsewhere\r\nCamelMailCopyTo: Elsewhere\r\n" + mail("steering"));

    start(imap(), mail -> MailTaken.DONE);

    waiting().until(() -> count("Done") == 1);
    assertThat(count("Elsewhere")).isZero();
  }

  @Test
  void takesMailsByPop3AndDeletesThemThen() throws Exception {
    put(mail("one"));
    put(mail("two"));
    AtomicInteger failures = new AtomicInteger();

    start(
        account(MailAccount.Protocol.POP3, Optional.of("Done"), OFTEN, trusted(root())),
        mail -> {
          if (text(mail).contains("one") && failures.getAndIncrement() == 0) {
            throw new IllegalStateException("not now");
          }
          return MailTaken.DONE;
        });

    waiting().until(() -> count("INBOX") == 0);
    assertThat(count(taken, "one")).isEqualTo(2);
    assertThat(count(taken, "two")).isEqualTo(1);
    assertThat(text(taken.get(0))).isEqualTo(mail("one"));
  }

  @Test
  void givesNoPasswordToAServerThatNoTrustedIssuerVouchesFor() throws Exception {
    put(mail("one"));
    List<Certificate> others = List.of(new TestCa("Another CA").model());

    start(
        account(MailAccount.Protocol.IMAP, Optional.of("Done"), OFTEN, trusted(others)),
        mail -> MailTaken.DONE);

    waiting().during(Duration.ofMillis(500)).until(() -> taken.isEmpty());
    assertThat(count("INBOX")).isEqualTo(1);
  }

  @Test
  void givesNoPasswordToAServerWhoseCertificateWasRevoked() throws Exception {
    put(mail("one"));
    CertificateTrust revoked =
        (server, others, purpose, at) ->
            new CertificateTrust.Refused(RefusalReason.CERTIFICATE_REVOKED, "");

    start(
        account(
            MailAccount.Protocol.IMAP,
            Optional.of("Done"),
            OFTEN,
            MailTls.trusting(new JudgedServers(revoked, Clock.systemUTC()), root())),
        mail -> MailTaken.DONE);

    waiting().during(Duration.ofMillis(500)).until(() -> taken.isEmpty());
    assertThat(count("INBOX")).isEqualTo(1);
  }

  @Test
  void aMailIsTakenAtOnceWhereTheServerTellsOfIt() throws Exception {
    put(mail("before"));
    start(
        account(MailAccount.Protocol.IMAP, Optional.of("Done"), SELDOM, trusted(root())),
        mail -> MailTaken.DONE);
    // Taken before the first look is due: so the server is watched.
    waiting().until(() -> count("Done") == 1);

    for (String next : List.of("two", "three")) {
      put(mail(next));
      await()
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofSeconds(1))
          .until(() -> count(taken, next) == 1);
    }
    waiting().until(() -> count("Done") == 3);
  }

  @Test
  void isWatchedAnewOnceTheConnectionBroke() throws Exception {
    Semaphore told = new Semaphore(0);
    try (CutLine line = new CutLine(server.getImaps().getPort());
        MailWatch watch =
            new MailWatch(
                account(
                    MailAccount.Protocol.IMAP,
                    line.port(),
                    Optional.empty(),
                    OFTEN,
                    trusted(root())),
                told::release)) {
      watch.start();
      assertThat(told.tryAcquire(SOON.toSeconds(), TimeUnit.SECONDS)).as("it began").isTrue();

      line.cut();

      assertThat(told.tryAcquire(SOON.toSeconds(), TimeUnit.SECONDS)).as("it began anew").isTrue();
      put(mail("after"));
      assertThat(told.tryAcquire(SOON.toSeconds(), TimeUnit.SECONDS)).as("it was told").isTrue();
      assertThat(line.connections()).isEqualTo(2);
    }
  }

  private void start(MailAccount account, Function<FetchedMail, MailTaken> take) throws Exception {
    camel.addRoutesConfigurations(new ErrorHandling(gateway.refuse));
    camel.addRoutes(
        new ReceiveMailRouteBuilder(
            List.of(account),
            mail -> {
              taken.add(mail);
              return take.apply(mail);
            },
            MOST,
            new SimpleMeterRegistry(),
            Clock.systemUTC()));
    // The next look is always under way when the test is over.
    camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
    camel.getShutdownStrategy().setTimeout(100);
    camel.start();
  }

  /** GreenMail throws in its own threads where a client leaves without a word. */
  private static ConditionFactory waiting() {
    return await().dontCatchUncaughtExceptions().atMost(SOON);
  }

  private MailAccount imap() {
    return account(MailAccount.Protocol.IMAP, Optional.of("Done"), OFTEN, trusted(root()));
  }

  private static List<Certificate> root() {
    return List.of(MailAuthority.certificate());
  }

  private MailAccount account(
      MailAccount.Protocol protocol, Optional<String> done, Duration poll, SSLSocketFactory tls) {
    int port =
        protocol == MailAccount.Protocol.IMAP
            ? server.getImaps().getPort()
            : server.getPop3s().getPort();
    return account(protocol, port, done, poll, tls);
  }

  private MailAccount account(
      MailAccount.Protocol protocol,
      int port,
      Optional<String> done,
      Duration poll,
      SSLSocketFactory tls) {
    return new MailAccount(
        "main",
        protocol,
        "localhost",
        port,
        true,
        new MailLogin(user, () -> PASSWORD, false),
        tls,
        "INBOX",
        done,
        done.map(any -> "Refused"),
        poll);
  }

  private static SSLSocketFactory trusted(List<Certificate> roots) {
    return MailTls.trusting(JudgedServers.byPlatform(), roots);
  }

  private void put(String raw) throws Exception {
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    box.deliver(
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)));
  }

  private static String mail(String subject) {
    return "From: post@x.dk\r\nSubject: " + subject + "\r\n\r\nHej " + subject + "\r\n";
  }

  private int count(String name) {
    MailFolder found =
        name.equals("INBOX")
            ? inbox()
            : server.getManagers().getImapHostManager().getFolder(box, name);
    return found == null ? 0 : found.getMessageCount();
  }

  private MailFolder inbox() {
    try {
      return server.getManagers().getImapHostManager().getInbox(box);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void expunge(String subject) {
    try {
      inbox().getMessages().stream()
          .filter(stored -> mailText(stored.getMimeMessage()).equals(subject))
          .forEach(stored -> stored.setFlag(Flags.Flag.DELETED, true));
      inbox().expunge();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String mailText(MimeMessage message) {
    try {
      return String.valueOf(message.getSubject());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static long count(List<FetchedMail> mails, String word) {
    return mails.stream().filter(mail -> text(mail).contains(word)).count();
  }

  private static String text(FetchedMail mail) {
    return new String(mail.bytes(), StandardCharsets.UTF_8);
  }
}
