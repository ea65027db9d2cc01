package dk.attestbro.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import dk.attestbro.port.SealedContent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayKeysTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
  private static final LetterRef LETTER =
      new LetterRef(new PartyId("employment-aarhus"), new LetterId("letter-1"));
  private static final Payload CONTENT =
      new Payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);

  @TempDir Path parent;

  @ParameterizedTest
  @EnumSource
  void makesWhatIsMissingOnceForTheOwnerAlone(KeyKind kind) throws Exception {
    Path folder = parent.resolve("keys");

    GatewayKeys made = GatewayKeys.load(folder, kind, true, "Attestbro", CLOCK);
    GatewayKeys again = GatewayKeys.load(folder, kind, false, "Attestbro", CLOCK);

    assertThat(again.signing().model()).isEqualTo(made.signing().model());
    assertThat(again.encryptionCertificatePem()).isEqualTo(made.encryptionCertificatePem());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (var files = Files.list(folder)) {
      assertThat(files)
          .hasSize(8)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
    CertificateDates dates = CertificateDates.of(made.signing().model());
    assertThat(dates.notAfter()).isEqualTo(Instant.parse("2029-11-22T10:00:00Z"));
    assertThat(Duration.between(CLOCK.instant(), dates.notAfter()).toDays())
        .isBetween(1094L, 1097L);
    CmsProtection protection = new CmsProtection(made, new PrivateKeyOperations());
    byte[] cms = protection.protect(CONTENT, made.opening().get(0).model(), CLOCK.instant());
    assertThat(protection.open(cms, CLOCK.instant()).content()).isEqualTo(CONTENT);
  }

  @Test
  void namesEveryFileThatIsMissingWhereNoneMayBeMade() {
    assertThatThrownBy(() -> GatewayKeys.load(parent, KeyKind.P_256, false, "Attestbro", CLOCK))
        .isInstanceOfSatisfying(
            KeysUnusable.class, unusable -> assertThat(unusable.problems()).hasSize(5));
  }

  @Test
  void namesEveryFileThatCannotBeUsedAndShowsNothingOfIt() throws Exception {
    GatewayKeys.load(parent, KeyKind.P_256, true, "Attestbro", CLOCK);
    Files.writeString(parent.resolve("receipts.pem"), "secret");
    Files.copy(parent.resolve("tls-client.pem"), parent.resolve("cms-encryption-2025.pem"));
    String signing = Files.readString(parent.resolve("cms-signing.pem"));
    String tls = Files.readString(parent.resolve("tls-client.pem"));
    Files.writeString(
        parent.resolve("cms-signing.pem"),
        signing.substring(0, signing.indexOf("-----BEGIN CERT"))
            + tls.substring(tls.indexOf("-----BEGIN CERT")));

    assertThatThrownBy(() -> GatewayKeys.load(parent, KeyKind.P_256, true, "Attestbro", CLOCK))
        .isInstanceOfSatisfying(
            KeysUnusable.class, unusable -> assertThat(unusable.problems()).hasSize(2))
        .hasMessageContaining("receipts.pem")
        .hasMessageContaining("another key's certificate")
        .hasMessageNotContaining("secret");
  }

  @Test
  void opensWithRetiredKeys() throws Exception {
    GatewayKeys first = GatewayKeys.load(parent, KeyKind.P_256, true, "Attestbro", CLOCK);
    Files.move(parent.resolve("cms-encryption.pem"), parent.resolve("cms-encryption-2025.pem"));

    GatewayKeys second = GatewayKeys.load(parent, KeyKind.P_256, true, "Attestbro", CLOCK);

    assertThat(second.opening()).hasSize(2);
    assertThat(second.opening().get(1).model()).isEqualTo(first.opening().get(0).model());
  }

  @Test
  void signsReceiptsThatThePublishedKeyVerifies() throws Exception {
    GatewayKeys keys = GatewayKeys.load(parent, KeyKind.RSA_3072, true, "Attestbro", CLOCK);
    PrivateKeyOperations operations = new PrivateKeyOperations();
    JwsReceipts receipts = new JwsReceipts(keys, operations);

    Receipt receipt =
        receipts.sign(
            new LetterId("letter-1"),
            new BundleId("bundle-1"),
            new PartyId("employment-aarhus"),
            new PartyId("psychiatry-midt"),
            Optional.empty(),
            CONTENT.sha256(),
            CLOCK.instant(),
            List.of("https://example.org/profile|1.0"),
            List.of());

    JWSObject jws = JWSObject.parse(receipt.jws());
    var key = JWKSet.parse(receipts.jwks()).getKeys().get(0);
    assertThat(jws.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    assertThat(jws.getHeader().toJSONObject())
        .isEqualTo(java.util.Map.of("alg", "ES256", "kid", key.computeThumbprint().toString()));
    assertThat(key.isPrivate()).isFalse();
    assertThat(jws.getPayload())
        .hasToString(
            "{\"letterId\":\"letter-1\",\"bundleId\":\"bundle-1\",\"sender\":\"employment-aarhus\","
                + "\"receiver\":\"psychiatry-midt\",\"sha256\":\""
                + CONTENT.sha256()
                + "\",\"receivedAt\":\"2026-11-22T10:00:00Z\","
                + "\"validatedBy\":[\"https://example.org/profile|1.0\"]}");
    assertThat(operations.of(PrivateKeyOperations.Kind.RECEIPT_SIGN)).isEqualTo(1);
  }

  @Test
  void namesTheCaseInAReceiptWhereThereIsOne() throws Exception {
    JwsReceipts receipts =
        new JwsReceipts(
            GatewayKeys.load(parent, KeyKind.P_256, true, "Attestbro", CLOCK),
            new PrivateKeyOperations());
    CaseId id = CaseId.random();

    Receipt receipt =
        receipts.sign(
            new LetterId("l"),
            new BundleId("b"),
            new PartyId("s"),
            new PartyId("r"),
            Optional.of(id),
            Digest.of(new byte[0]),
            CLOCK.instant(),
            List.of("generic"),
            List.of());

    assertThat(JWSObject.parse(receipt.jws()).getPayload().toString())
        .contains("\"receiver\":\"r\",\"caseId\":\"" + id + "\",\"sha256\"");
  }

  @Test
  void opensOnlyTheLettersOwnContent() {
    TinkSealing sealing = sealing();
    SealedContent sealed = sealing.seal(LETTER, CONTENT);

    assertThat(sealing.open(LETTER, sealed)).isEqualTo(CONTENT);
    assertThat(sealing.seal(LETTER, CONTENT).bytes()).isNotEqualTo(sealed.bytes());
    assertThatThrownBy(
            () -> sealing.open(new LetterRef(LETTER.sender(), new LetterId("letter-2")), sealed))
        .isInstanceOf(IllegalStateException.class);
    byte[] changed = sealed.bytes().clone();
    changed[changed.length - 1] ^= 1;
    assertThatThrownBy(() -> sealing.open(LETTER, new SealedContent(MediaType.FHIR_JSON, changed)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sealsWithTheNewestKeyAndOpensWithOlderOnesUntilTheyAreDestroyed() {
    TinkSealing sealing = sealing();
    SealedContent old = sealing.seal(LETTER, CONTENT);
    int oldKey = sealing.current().get(0);

    int newKey = sealing.rotate(oldKey);

    SealedContent recent = sealing.seal(LETTER, CONTENT);
    assertThat(old.keyId()).isEqualTo(oldKey);
    assertThat(recent.keyId()).isEqualTo(newKey);
    assertThat(sealing.open(LETTER, old)).isEqualTo(CONTENT);
    TinkSealing restarted = new TinkSealing(parent.resolve("storage-keyset.json"));
    assertThat(restarted.current()).containsExactly(newKey, oldKey);
    assertThat(restarted.open(LETTER, recent)).isEqualTo(CONTENT);

    sealing.destroy(oldKey);

    assertThatThrownBy(() -> sealing.open(LETTER, old)).isInstanceOf(IllegalStateException.class);
    assertThat(sealing.open(LETTER, recent)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> sealing.destroy(newKey)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new TinkSealing(parent.resolve("storage-keyset.json")).current())
        .containsExactly(newKey);
  }

  @Test
  void rotatesOnceWhereTwoNodesShareTheKeysAndEachOpensWhatTheOtherSealed() {
    TinkSealing one = sealing();
    TinkSealing other = new TinkSealing(parent.resolve("storage-keyset.json"));
    int first = one.current().get(0);

    int made = one.rotate(first);

    assertThat(other.open(LETTER, one.seal(LETTER, CONTENT))).isEqualTo(CONTENT);
    assertThat(other.rotate(first)).isEqualTo(made);
    assertThat(other.current()).containsExactly(made, first);
    one.destroy(first);
    assertThat(other.current()).containsExactly(made);
  }

  @Test
  void sealsALargeLetter() {
    TinkSealing sealing = sealing();
    byte[] bytes = new byte[10_000_000];
    Arrays.fill(bytes, (byte) 'x');
    Payload large = new Payload(bytes, MediaType.FHIR_XML);

    assertThat(sealing.open(LETTER, sealing.seal(LETTER, large))).isEqualTo(large);
  }

  private TinkSealing sealing() {
    return new TinkSealing(
        GatewayKeys.load(parent, KeyKind.P_256, true, "Attestbro", CLOCK).storageKeyset());
  }
}
