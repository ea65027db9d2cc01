package dk.attestbro.mail;

import dk.attestbro.port.MailReading;
import dk.attestbro.samples.TestCa.Issued;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The mail reader alone in a process: reads each mail in a folder and prints its name, the verdict
 * and the milliseconds of processor time. One honest mail is read before the clock counts, as in a
 * gateway that runs.
 */
final class HostileMailProgram {
  static final char[] PASSWORD = "test".toCharArray();

  private HostileMailProgram() {}

  public static void main(String[] folder) throws Exception {
    Path mails = Path.of(folder[0]);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(mails.resolve("gateway.p12"))) {
      store.load(in, PASSWORD);
    }
    MimeMailReader reader =
        Mails.reader(
            new Issued(
                (PrivateKey) store.getKey("key", PASSWORD),
                (X509Certificate) store.getCertificate("key")));
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(mails, "*.eml")) {
      found.forEach(files::add);
    }
    files.sort(null);
    for (Path file : files) {
      byte[] mail = Files.readAllBytes(file);
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      MailReading reading = reader.read(mail);
      long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      String verdict =
          reading instanceof MailReading.Refused refused ? refused.reason().name() : "READ";
      System.out.println(file.getFileName() + "\t" + verdict + "\t" + (after - before) / 1_000_000);
    }
  }
}
