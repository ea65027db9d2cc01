package dk.attestbro.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.mail.HostileMails.Hostile;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.WhoActs;
import dk.attestbro.port.MailReading;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails made to hurt or to deceive: each gets its own verdict, at once and in little memory. */
class HostileMailTest {
  private static final int MOST_MILLIS = 1000;

  @TempDir Path folder;

  /** The reader alone at 256 MB of heap, where the largest mail that is taken must fit too. */
  @Test
  void everyHostileMailGetsItsVerdictWithinASecondAndASmallHeap() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    write(
        "00.eml", Mails.mail(Mails.encrypted(Mails.opaque(Mails.bytes(Mails.TEXT), Mails.WRITER))));
    expected.put("00.eml", "READ");
    write("00-large.eml", large());
    expected.put("00-large.eml", "READ");
    Map<String, String> names = new LinkedHashMap<>();
    int number = 1;
    for (Map.Entry<String, Hostile> each : HostileMails.all().entrySet()) {
      String file = "%02d.eml".formatted(number++);
      write(file, each.getValue().mail().get());
      names.put(file, each.getKey());
      expected.put(file, each.getValue().verdict().name());
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("gateway.p12"))) {
      Mails.GATEWAY.keyStore().store(out, HostileMailProgram.PASSWORD);
    }

    List<String> wrong = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    for (String line : read()) {
      String[] columns = line.split("\t");
      String name = names.getOrDefault(columns[0], "an honest mail");
      if (!columns[1].equals(expected.remove(columns[0]))) {
        wrong.add(name + ": " + columns[1]);
      }
      if (!columns[0].startsWith("00") && Integer.parseInt(columns[2]) >= MOST_MILLIS) {
        slow.add(name + ": " + columns[2] + " ms");
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(slow).isEmpty();
    assertThat(expected).as("without a verdict").isEmpty();
  }

  @Test
  void theseAreAllTheVerdictsOnMail() {
    // Those on which operations act, and Rich Text, are about who sent it and what it is for:
    // TakeMailTest.
    Set<RefusalReason> met = EnumSet.noneOf(RefusalReason.class);
    HostileMails.all().values().forEach(hostile -> met.add(hostile.verdict()));

    assertThat(met)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RefusalReason.values())
                .filter(r -> r.name().startsWith("MAIL_") || r.name().startsWith("SMIME_"))
                .filter(r -> r.whoActs() == WhoActs.SENDER)
                .filter(r -> r != RefusalReason.MAIL_RICH_TEXT)
                .toList());
  }

  @Test
  void aMailThatIsTooLargeToFetchIsKnownByItsHeader() {
    MailReading reading =
        Mails.READER.tooLarge(
            Mails.bytes("From: " + Mails.ADDRESS + "\r\nMessage-ID: <big@aarhus.example>\r\n\r\n"));

    assertThat(reading).isInstanceOf(MailReading.Refused.class);
    assertThat(((MailReading.Refused) reading).reason()).isEqualTo(RefusalReason.MAIL_TOO_LARGE);
    assertThat(reading.head().messageId()).contains("<big@aarhus.example>");
  }

  /** Nearly as large as is taken, signed and encrypted. */
  private static byte[] large() {
    byte[] pdf = new byte[16_000_000];
    System.arraycopy(Mails.bytes("%PDF-1.7"), 0, pdf, 0, 8);
    byte[] entity =
        Mails.joined(
            Mails.bytes(
                "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
            Base64.getMimeEncoder().encode(pdf));
    return Mails.mail(
        Mails.smime(Mails.WRITER).protect(entity, Mails.GATEWAY.model(), Instant.now()));
  }

  private void write(String name, byte[] mail) throws Exception {
    Files.write(folder.resolve(name), mail);
  }

  private List<String> read() throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                HostileMailProgram.class.getName(),
                folder.toString())
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isZero();
    return Files.readAllLines(output);
  }
}
