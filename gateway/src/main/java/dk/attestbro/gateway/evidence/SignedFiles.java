package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DetachedSignatures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The signatures of senders, verified while the package is read: a signature stands before what it
 * signs, so that no letter is held in memory.
 */
final class SignedFiles {
  /** The gateway reads no larger mail. */
  private static final int LARGEST_BODY = 64_000_000;

  private final DetachedSignatures signatures;
  private final Function<byte[], Optional<Digest>> messages;
  private final Map<Integer, Found> found = new TreeMap<>();

  /**
   * @param messages gives the digest of the message in a signed mail
   */
  SignedFiles(DetachedSignatures signatures, Function<byte[], Optional<Digest>> messages) {
    this.signatures = signatures;
    this.messages = messages;
  }

  /**
   * What was found of one signature.
   *
   * @param signed the digest of all that it was verified over
   * @param signers the certificates by which it holds; none where it does not
   * @param wrong why it does not hold
   * @param body what it stands over where that is not the content of the letter
   */
  record Found(
      Digest signed,
      List<Certificate> signers,
      Optional<RefusalReason> wrong,
      Optional<Body> body) {}

  /** What was signed apart from the content: its digest, and that of the message within. */
  record Body(Digest digest, Optional<Digest> message) {}

  Optional<Found> found(int letter) {
    return Optional.ofNullable(found.get(letter));
  }

  /** Whether the file may be what a sender signed. */
  static boolean mayBeSigned(String path) {
    return PackageFiles.isMessage(path) || PackageFiles.isBody(path);
  }

  /** Verifies the signature over this file, where one was read before it. */
  void read(String path, InputStream in, PackageContents before) throws IOException {
    Optional<Integer> letter = PackageFiles.letterOf(path);
    if (letter.isEmpty() || found.containsKey(letter.get())) {
      return;
    }
    Optional<byte[]> cms = before.bytes(PackageFiles.signature(letter.get()));
    if (cms.isEmpty()) {
      return;
    }
    byte[] head = before.bytes(PackageFiles.head(letter.get())).orElse(new byte[0]);
    if (PackageFiles.isBody(path)) {
      byte[] body = in.readNBytes(LARGEST_BODY);
      Body apart = new Body(Digest.of(body), messages.apply(joined(head, body)));
      InputStream whole = new ByteArrayInputStream(body);
      found.put(letter.get(), verified(cms.get(), head, whole, Optional.of(apart)));
    } else {
      found.put(letter.get(), verified(cms.get(), head, in, Optional.empty()));
    }
  }

  private Found verified(byte[] cms, byte[] head, InputStream rest, Optional<Body> body)
      throws IOException {
    MessageDigest sha256 = Digest.sha256();
    try (InputStream signed =
        new DigestInputStream(
            new SequenceInputStream(new ByteArrayInputStream(head), rest), sha256)) {
      List<Certificate> signers = signatures.signers(cms, signed);
      signed.transferTo(OutputStream.nullOutputStream());
      return new Found(Digest.of(sha256), signers, Optional.empty(), body);
    } catch (MessageRefused refused) {
      return new Found(Digest.of(sha256), List.of(), Optional.of(refused.refusal().reason()), body);
    }
  }

  private static byte[] joined(byte[] head, byte[] body) {
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }
}
