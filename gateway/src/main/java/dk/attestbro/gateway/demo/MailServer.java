package dk.attestbro.gateway.demo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dk.attestbro.mail.MailTls;
import dk.attestbro.model.Certificate;
import dk.attestbro.trust.JudgedServers;
import jakarta.mail.Address;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Real SMTP and IMAP servers on the loopback, under TLS, with a box for everyone who writes here:
 * in this process and by the throwaway authority, or ones that run beside it. Everyone's password
 * is the same, and for this demo only.
 */
final class MailServer implements AutoCloseable {
  static final String PASSWORD = "only-for-this-demo";
  private static final String HOST = "localhost";
  private static final String LOOPBACK = "127.0.0.1";
  private static final long START_MILLIS = 60_000;

  private final Optional<GreenMail> own;
  private final X509Certificate authority;
  private final int smtpPort;
  private final int imapPort;
  private final Doors gateway;
  private final Session session;

  /**
   * What the gateway speaks to; those who write here speak TLS from the first byte.
   *
   * @param tls implicit or starttls, for both
   * @param token a file with an access token in place of the password
   */
  record Doors(int smtp, int imap, String tls, Optional<Path> token) {}

  private MailServer(
      Optional<GreenMail> own,
      X509Certificate authority,
      int smtpPort,
      int imapPort,
      Doors gateway) {
    this.own = own;
    this.authority = authority;
    this.smtpPort = smtpPort;
    this.imapPort = imapPort;
    this.gateway = gateway;
    this.session = session(authority);
  }

  /** Starts both. */
  static MailServer start(Path work, ThrowawayAuthority authority) throws IOException {
    certify(work, authority);
    GreenMail server =
        new GreenMail(
            new ServerSetup[] {
              listening(ServerSetup.PROTOCOL_SMTPS), listening(ServerSetup.PROTOCOL_IMAPS)
            });
    server.start();
    int smtps = server.getSmtps().getPort();
    int imaps = server.getImaps().getPort();
    return new MailServer(
        Optional.of(server),
        authority.certificate(),
        smtps,
        imaps,
        new Doors(smtps, imaps, "implicit", Optional.empty()));
  }

  /**
   * Servers that run already and take mail for everyone, as scripts/mail-servers.sh starts them.
   *
   * @param described a file of properties: {@code authority} (PEM), {@code smtps}, {@code imaps};
   *     and for the gateway {@code gateway.smtp}, {@code gateway.imap}, {@code gateway.tls} and,
   *     where it is to log in by one, {@code gateway.token-file}
   */
  static MailServer at(Path described) throws IOException {
    Properties of = new Properties();
    try (InputStream in = Files.newInputStream(described)) {
      of.load(in);
    }
    try (InputStream pem = Files.newInputStream(Path.of(required(of, "authority")))) {
      return new MailServer(
          Optional.empty(),
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem),
          Integer.parseInt(required(of, "smtps")),
          Integer.parseInt(required(of, "imaps")),
          new Doors(
              Integer.parseInt(required(of, "gateway.smtp")),
              Integer.parseInt(required(of, "gateway.imap")),
              required(of, "gateway.tls"),
              Optional.ofNullable(of.getProperty("gateway.token-file")).map(Path::of)));
    } catch (CertificateException unreadable) {
      throw new IOException("the authority of the mail servers cannot be read", unreadable);
    }
  }

  private static String required(Properties of, String name) throws IOException {
    String value = of.getProperty(name);
    if (value == null) {
      throw new IOException("the mail servers are not described: " + name + " is missing");
    }
    return value;
  }

  /** What GreenMail shows: in one process it shows for ever what it was given first. */
  static void certify(Path work, ThrowawayAuthority authority) throws IOException {
    Path store = work.resolve("mail-server.p12");
    write(store, authority.issue(HOST, KeyKind.P_256));
    System.setProperty("greenmail.tls.keystore.file", store.toString());
    System.setProperty("greenmail.tls.keystore.password", PASSWORD);
  }

  /** At a free port; a busy machine takes longer to start it than the library waits. */
  private static ServerSetup listening(String protocol) {
    ServerSetup setup = new ServerSetup(0, LOOPBACK, protocol);
    setup.setServerStartupTimeout(START_MILLIS);
    return setup;
  }

  int smtpPort() {
    return smtpPort;
  }

  int imapPort() {
    return imapPort;
  }

  /** Who vouches for both. */
  X509Certificate authority() {
    return authority;
  }

  /** Where the gateway hands mails over and fetches them, and how. */
  Doors gateway() {
    return gateway;
  }

  /** A box for this address; servers that run beside have one for everybody. */
  void open(String address) {
    own.ifPresent(server -> server.setUser(address, PASSWORD));
  }

  /** Sends a mail as its writer's mail program does. */
  void send(String from, String to, byte[] mail) {
    try (Transport transport = session.getTransport("smtps")) {
      transport.connect(HOST, smtpPort(), from, PASSWORD);
      transport.sendMessage(
          new MimeMessage(session, new ByteArrayInputStream(mail)),
          new Address[] {new InternetAddress(to)});
    } catch (MessagingException failed) {
      throw new StepFailed("a mail could not be sent", failed);
    }
  }

  /** Every mail in a box, oldest first, fetched as its reader's mail program does. */
  List<byte[]> box(String address) {
    try (Store store = session.getStore("imaps")) {
      store.connect(HOST, imapPort(), address, PASSWORD);
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_ONLY);
      List<byte[]> mails = new ArrayList<>();
      for (Message message : inbox.getMessages()) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        message.writeTo(mail);
        mails.add(mail.toByteArray());
      }
      inbox.close(false);
      return mails;
    } catch (MessagingException | IOException failed) {
      throw new StepFailed("a mailbox could not be read", failed);
    }
  }

  @Override
  public void close() {
    own.ifPresent(GreenMail::stop);
  }

  private static Session session(X509Certificate authority) {
    Properties properties = new Properties();
    for (String protocol : List.of("smtps", "imaps")) {
      String prefix = "mail." + protocol + ".";
      properties.put(
          prefix + "ssl.socketFactory",
          MailTls.trusting(JudgedServers.byPlatform(), List.of(model(authority))));
      properties.put(prefix + "ssl.checkserveridentity", "true");
      properties.put(prefix + "auth", "true");
    }
    return Session.getInstance(properties);
  }

  /** The certificate as the model has it. */
  static Certificate model(X509Certificate certificate) {
    try {
      return Certificate.of(certificate.getEncoded());
    } catch (GeneralSecurityException unreadable) {
      throw new IllegalArgumentException("a certificate without an encoding", unreadable);
    }
  }

  private static void write(Path file, ThrowawayKey key) throws IOException {
    char[] password = PASSWORD.toCharArray();
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry("server", key.key(), password, new X509Certificate[] {key.certificate()});
      store.store(out, password);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the mail server's key could not be kept", impossible);
    }
  }
}
