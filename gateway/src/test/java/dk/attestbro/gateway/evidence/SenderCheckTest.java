package dk.attestbro.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.SignatureTrust;
import dk.attestbro.model.TimelineCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Of a letter that came by mail: what its sender signed is a file of its own. */
final class SenderCheckTest {
  private static final Certificate SIGNER = Certificate.of(new byte[] {1, 2, 3});
  private static final byte[] MAIL = "mail with {}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTENT = "{}".getBytes(StandardCharsets.UTF_8);
  private static final LetterRef LETTER = new LetterRef(new PartyId("odense"), new LetterId("l"));

  private final List<String> said = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private Optional<RefusalReason> wrong = Optional.empty();

  @Test
  void theMessageInASignedMailIsTheContent() throws Exception {
    check(Optional.of(Digest.of(CONTENT)), relied(Optional.of(Digest.of(MAIL))));

    assertThat(broken).isEmpty();
    assertThat(said)
        .containsExactly(
            "letter 1: the signature of its sender holds over the mail that it came in, which holds"
                + " its content: "
                + SIGNER.fingerprint());
  }

  @Test
  void theGatewayWroteTheLetterFromAMailWithoutAMessage() throws Exception {
    check(Optional.empty(), relied(Optional.of(Digest.of(MAIL))));

    assertThat(said)
        .singleElement()
        .asString()
        .contains("holds over the mail that the gateway wrote it from");
  }

  @Test
  void breaksWhereTheSignatureDoesNotHoldOrTheChainTellsOfAnotherMail() throws Exception {
    check(Optional.empty(), relied(Optional.of(Digest.of(CONTENT))));
    wrong = Optional.of(RefusalReason.SMIME_SIGNATURE_INVALID);
    check(Optional.empty(), relied(Optional.of(Digest.of(MAIL))));

    assertThat(said).isEmpty();
    assertThat(broken)
        .containsExactly(
            "signed/1.p7s: signs something else than events.json tells of",
            "signed/1.p7s: does not hold over what is in the package: SMIME_SIGNATURE_INVALID");
  }

  @Test
  void aSignatureThatWasTakenBeforeSuchBytesWereKeptIsNamed() throws Exception {
    check(
        new SignedFiles((cms, in) -> List.of(), mail -> Optional.empty()),
        "",
        relied(Optional.empty()));

    assertThat(said).containsExactly("letter 1: a signature was relied upon that was not kept");
  }

  private static Evidence relied(Optional<Digest> signed) {
    return entry(
        TimelineCode.SIGNATURE_TRUSTED,
        new SignatureTrust(List.of(SIGNER.fingerprint()), List.of(), false, signed).detail());
  }

  private void check(Optional<Digest> inMail, Evidence relied) throws Exception {
    SignedFiles signed =
        new SignedFiles(
            (cms, in) -> {
              if (wrong.isPresent()) {
                throw new MessageRefused(wrong.get());
              }
              return List.of(SIGNER);
            },
            mail -> inMail);
    PackageContents.read(new ByteArrayInputStream(zip()), signed, broken::add);
    check(signed, "signed/1.p7s", relied);
  }

  private void check(SignedFiles signed, String file, Evidence relied) {
    ObjectNode letter = PackageFiles.JSON.createObjectNode();
    letter.put("signature", file.isEmpty() ? null : file);
    Evidence recorded = entry(TimelineCode.RECORDED, Evidence.withContent("b", Digest.of(CONTENT)));
    new SenderCheck(signed, said::add, broken::add).check(1, letter, List.of(recorded, relied));
  }

  private static Evidence entry(TimelineCode code, String detail) {
    return new Evidence(
        "case:c", Instant.parse("2026-06-01T12:00:00Z"), code, Optional.of(LETTER), detail);
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "manifest.json", CONTENT);
      put(zip, "signed/1.p7s", new byte[] {1});
      put(zip, "signed/1.body", MAIL);
      put(zip, "messages/1.json", CONTENT);
    }
    return out.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
