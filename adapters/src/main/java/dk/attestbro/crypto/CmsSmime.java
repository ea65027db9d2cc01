package dk.attestbro.crypto;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.port.SmimeOpening;
import dk.attestbro.port.SmimeWriting;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** S/MIME (RFC 8551) with the gateway's own keys: read as {@link SmimeReader} does, written 4.0. */
public final class CmsSmime implements SmimeOpening, SmimeWriting {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});
  private static final byte[] SIGNED =
      header("application/pkcs7-mime; smime-type=signed-data; name=\"smime.p7m\"", "smime.p7m");
  private static final byte[] ENCRYPTED =
      header(
          "application/pkcs7-mime; smime-type=authEnveloped-data; name=\"smime.p7m\"", "smime.p7m");
  private static final byte[] SIGNATURE =
      header("application/pkcs7-signature; name=\"smime.p7s\"", "smime.p7s");

  private final Supplier<CmsWriter> writer;
  private final Supplier<SmimeReader> reading;

  /** With the gateway's own keys as they stand at each mail. */
  public CmsSmime(GatewayKeys keys, PrivateKeyOperations operations) {
    this.writer = keys.derive(set -> new CmsWriter(set.signing(), operations));
    this.reading = keys.derive(set -> new SmimeReader(set.opening(), operations));
  }

  /**
   * @param signing signs what is sent
   * @param opening opens what was encrypted to any of them
   */
  public CmsSmime(
      KeyAndCertificate signing, List<KeyAndCertificate> opening, PrivateKeyOperations operations) {
    CmsWriter ownWriter = new CmsWriter(signing, operations);
    SmimeReader ownReader = new SmimeReader(opening, operations);
    this.writer = () -> ownWriter;
    this.reading = () -> ownReader;
  }

  @Override
  public Layer open(byte[] cms, boolean cbc) {
    return reading.get().open(cms, cbc);
  }

  @Override
  public Verified verify(byte[] content, byte[] signature) {
    return reading.get().verify(content, signature);
  }

  @Override
  public byte[] protect(byte[] entity, Certificate encryptTo, Instant now) {
    CmsWriter writing = writer.get();
    byte[] cms =
        writing.encrypted(
            entity.length + entity.length / 2,
            encryptTo,
            now,
            encrypting -> {
              encrypting.write(SIGNED);
              try (OutputStream lines = LINES.wrap(new Unclosed(encrypting))) {
                writing.sign(lines, true, now, signing -> signing.write(entity));
              }
              encrypting.write('\r');
              encrypting.write('\n');
            });
    return joined(ENCRYPTED, LINES.encode(cms), bytes("\r\n"));
  }

  @Override
  public byte[] sign(byte[] entity, Instant now) {
    CmsWriter writing = writer.get();
    ByteArrayOutputStream cms = new ByteArrayOutputStream();
    try {
      writing.sign(cms, false, now, signing -> signing.write(entity));
    } catch (IOException impossible) {
      throw new IllegalStateException("memory does not fail", impossible);
    }
    String boundary = "signed-" + Digest.of(entity).hex().substring(0, 32);
    return joined(
        bytes(
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg="
                + writing.micalg()
                + ";\r\n boundary=\""
                + boundary
                + "\"\r\n\r\n--"
                + boundary
                + "\r\n"),
        entity,
        bytes("\r\n--" + boundary + "\r\n"),
        SIGNATURE,
        LINES.encode(cms.toByteArray()),
        bytes("\r\n--" + boundary + "--\r\n"));
  }

  private static byte[] header(String contentType, String fileName) {
    return bytes(
        "Content-Type: "
            + contentType
            + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;"
            + " filename=\""
            + fileName
            + "\"\r\n\r\n");
  }

  private static byte[] joined(byte[]... pieces) {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  /** Leaves open what it writes to. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
