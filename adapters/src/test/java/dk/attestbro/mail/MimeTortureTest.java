package dk.attestbro.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dk.attestbro.port.MailReading;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mail as broken as it comes: each gets a verdict, and never an exception. */
class MimeTortureTest {
  private static final String FROM = "From: a@b.example\r\n";

  private record Case(String name, String mail, String verdict) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Case> broken() {
    return Stream.of(
        new Case("nothing", "", "MAIL_FROM_INVALID"),
        new Case("a line feed", "\n", "MAIL_FROM_INVALID"),
        new Case("no body", FROM, "READ"),
        new Case("a body at once", "\r\nFrom: a@b.example\r\n", "MAIL_FROM_INVALID"),
        new Case("a header without a colon", FROM + "what\r\n\r\nx", "MAIL_NOT_READABLE"),
        new Case("a fold before all", " folded\r\n" + FROM + "\r\nx", "MAIL_NOT_READABLE"),
        new Case("a null byte in the header", FROM + "X: a\0b\r\n\r\nx", "MAIL_NOT_READABLE"),
        new Case("null bytes in the body", FROM + "\r\na\0b", "READ"),
        new Case("no boundary", type("multipart/mixed") + "x", "MAIL_NOT_READABLE"),
        new Case(
            "an empty boundary",
            type("multipart/mixed; boundary=\"\"") + "--\r\n\r\n----",
            "MAIL_NOT_READABLE"),
        new Case(
            "a boundary that never comes",
            type("multipart/mixed; boundary=b") + "x",
            "MAIL_NOT_READABLE"),
        new Case(
            "no last boundary",
            type("multipart/mixed; boundary=b") + "--b\r\n\r\nx",
            "MAIL_NOT_READABLE"),
        new Case("only a last boundary", type("multipart/mixed; boundary=b") + "--b--", "READ"),
        new Case(
            "a boundary longer than its name",
            type("multipart/mixed; boundary=b") + "--bb\r\n\r\n--b--",
            "READ"),
        new Case(
            "blanks behind the boundary",
            type("multipart/mixed; boundary=b") + "--b \t\r\n\r\nx\r\n--b-- ",
            "READ"),
        new Case(
            "an unclosed quote",
            type("multipart/mixed; boundary=\"b") + "--b\r\n\r\nx\r\n--b--",
            "READ"),
        new Case(
            "a multipart in base64",
            FROM
                + "Content-Transfer-Encoding: base64\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\n"
                + "x\r\n"
                + "--b--",
            "MAIL_NOT_READABLE"),
        new Case(
            "a child that takes its parent's boundary",
            type("multipart/mixed; boundary=b")
                + "--b\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\n"
                + "x\r\n"
                + "--b--\r\n"
                + "--b--",
            "MAIL_NOT_READABLE"),
        new Case("a type that is none", type("; ; =/") + "x", "READ"),
        new Case("no type", type("") + "x", "READ"),
        new Case(
            "an unknown encoding",
            FROM + "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n",
            "READ"),
        new Case(
            "base64 with something else in it",
            FROM + "Content-Transfer-Encoding: base64\r\n\r\nQUJD!QUJD",
            "MAIL_NOT_READABLE"),
        new Case(
            "base64 that goes on behind its end",
            FROM + "Content-Transfer-Encoding: base64\r\n\r\nQQ==QQ==",
            "MAIL_NOT_READABLE"),
        new Case(
            "base64 cut off",
            FROM + "Content-Transfer-Encoding: base64\r\n\r\nQUJDR",
            "MAIL_NOT_READABLE"),
        new Case(
            "base64 without padding",
            FROM + "Content-Transfer-Encoding: base64\r\n\r\nQUI",
            "READ"),
        new Case(
            "broken quoted-printable",
            FROM + "Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=\r\n=4",
            "READ"),
        new Case("an unknown charset", type("text/plain; charset=klingon") + "x", "READ"),
        new Case("a charset that is no name", type("text/plain; charset=\"a b/\"") + "x", "READ"),
        new Case(
            "bytes that are not of their charset",
            type("text/plain; charset=us-ascii") + "æøå",
            "READ"),
        new Case(
            "broken encoded words",
            FROM + "Subject: =?utf-8?b?###?= =?x?y?z?= =?utf-8?q?=ZZ?= =?=?=\r\n\r\nx",
            "READ"),
        new Case(
            "many encoded words",
            FROM + "Subject: " + "=?utf-8?q?=C3?=".repeat(5000) + "\r\n\r\nx",
            "READ"),
        new Case(
            "half of encoded words",
            FROM + "Subject: " + "=?".repeat(40_000) + "\r\n\r\nx",
            "READ"),
        new Case(
            "a file name in pieces",
            name("filename*0*=utf-8''%C3%A6; filename*1=\"ble.json\""),
            "READ"),
        new Case("pieces out of order", name("filename*1=b; filename*0=a; filename*9=z"), "READ"),
        new Case(
            "pieces with wrong numbers",
            name("filename*x=a; filename**=b; filename*99999999999=c"),
            "READ"),
        new Case("a broken percent code", name("filename*=utf-8''%ZZ%"), "READ"),
        new Case("a file name that is a path", name("filename=\"../../etc/passwd\""), "READ"),
        new Case(
            "a mail in a mail in a mail",
            type("message/rfc822") + type("message/rfc822") + FROM + "\r\nx",
            "READ"),
        new Case("a From with nothing", "From:\r\n\r\nx", "MAIL_FROM_INVALID"),
        new Case(
            "a From with an open comment", "From: a@b.example (\r\n\r\nx", "MAIL_FROM_INVALID"),
        new Case(
            "a From with an open quote", "From: \"a <a@b.example>\r\n\r\nx", "MAIL_FROM_INVALID"),
        new Case(
            "a From with a route", "From: <@x.example:a@b.example>\r\n\r\nx", "MAIL_FROM_INVALID"),
        new Case("a From with two signs", "From: a@b@c.example\r\n\r\nx", "MAIL_FROM_INVALID"),
        new Case("a From that is a group", "From: all:a@b.example;\r\n\r\nx", "MAIL_FROM_INVALID"),
        new Case("a From without a domain", "From: root\r\n\r\nx", "MAIL_FROM_INVALID"),
        new Case(
            "a From with an encoded address",
            "From: =?utf-8?q?a=40b.example?=\r\n\r\nx",
            "MAIL_FROM_INVALID"),
        new Case(
            "comments in From",
            "From: (x) Ulla (a, b@c.example) <a@b.example> (y)\r\n\r\nx",
            "READ"),
        new Case(
            "many open comments",
            "From: " + "(".repeat(100_000) + "\r\n\r\nx",
            "MAIL_FROM_INVALID"),
        new Case(
            "a signed multipart with its protocol alone",
            type("multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b")
                + "--b--",
            "SMIME_NOT_SIGNED"),
        new Case(
            "a mail that is only a signature",
            type("application/pkcs7-signature") + "x",
            "SMIME_NOT_SIGNED"),
        new Case("CMS that is empty", type("application/pkcs7-mime"), "SMIME_NOT_READABLE"),
        new Case(
            "OpenPGP's signed multipart",
            type("multipart/signed; protocol=\"application/pgp-signature\"; boundary=b")
                + "--b\r\n\r\n"
                + "x\r\n"
                + "--b\r\n"
                + "Content-Type: application/pgp-signature\r\n\r\n"
                + "y\r\n"
                + "--b--",
            "READ"),
        new Case(
            "a report without its report",
            type("multipart/report; report-type=delivery-status; boundary=b")
                + "--b\r\n\r\nx\r\n--b--",
            "READ"),
        new Case(
            "a receipt of nothing",
            type("multipart/report; report-type=disposition-notification; boundary=b")
                + "--b\r\nContent-Type: message/disposition-notification\r\n\r\n\r\n\r\n--b--",
            "READ"),
        new Case(
            "HTML that never ends",
            type("text/html") + "<p><!-- <script <a &#x; &#99999999; &" + "<".repeat(50_000),
            "READ"),
        new Case("many entities", type("text/html") + "&".repeat(200_000), "READ"),
        new Case(
            "results that are none",
            FROM + "Authentication-Results: ;;=;(\";dmarc=\r\n\r\nx",
            "READ"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void everyBrokenMailGetsItsVerdict(Case broken) {
    assertThat(verdict(Mails.bytes(broken.mail()))).isEqualTo(broken.verdict());
  }

  @Test
  void noPieceOfAMailAndNoChangeToItBreaksTheReader() {
    byte[] whole =
        Mails.mail(
            Mails.smime(Mails.WRITER)
                .sign(
                    Mails.bytes(
                        Mails.multipart(
                            "mixed",
                            Mails.TEXT,
                            Mails.attachment("application/pdf", "a.pdf", "%PDF-1.7"))),
                    Mails.WRITER.certificate().getNotBefore().toInstant()));
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] piece = Arrays.copyOf(whole, random.nextInt(whole.length));
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      assertThatCode(() -> List.of(verdict(piece), verdict(changed))).doesNotThrowAnyException();
    }
  }

  @Test
  void aFileNameHasNoFolders() {
    MailReading.Read read =
        (MailReading.Read) Mails.read(name("filename=\"..\\\\..\\\\a/b/c.txt\""));

    assertThat(read.contents().others()).extracting(f -> f.name()).containsExactly("c.txt");
  }

  private static String type(String contentType) {
    return FROM + "Content-Type: " + contentType + "\r\n\r\n";
  }

  private static String name(String parameters) {
    return FROM
        + "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; "
        + parameters
        + "\r\n\r\nx";
  }

  private static String verdict(byte[] mail) {
    return Mails.read(mail) instanceof MailReading.Refused refused
        ? refused.reason().name()
        : "READ";
  }
}
