package dk.attestbro.gateway.api;

import dk.attestbro.port.ReceiptSigning;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What anyone may read: the gateway's public keys, and the description of this API. */
@RestController
final class PublicController {
  private static final String DESCRIPTION = "/openapi.json";

  private final ReceiptSigning receipts;
  private final EncryptionCertificate certificate;
  private final byte[] description;

  PublicController(ReceiptSigning receipts, EncryptionCertificate certificate) {
    this.receipts = receipts;
    this.certificate = certificate;
    this.description = description();
  }

  /** The keys that verify receipts, as a JWK Set (RFC 7517). */
  @GetMapping("/.well-known/jwks.json")
  ResponseEntity<byte[]> keys() {
    return Responses.bytes(
        200, "application/jwk-set+json", receipts.jwks().getBytes(StandardCharsets.UTF_8));
  }

  /** The certificate to encrypt to (RFC 7468). */
  @GetMapping("/.well-known/attestbro.pem")
  ResponseEntity<byte[]> certificate() {
    return Responses.bytes(
        200, "application/x-pem-file", certificate.pem().getBytes(StandardCharsets.US_ASCII));
  }

  @GetMapping(DESCRIPTION)
  ResponseEntity<byte[]> openApi() {
    return Responses.bytes(200, "application/json", description);
  }

  private static byte[] description() {
    try (InputStream in = PublicController.class.getResourceAsStream(DESCRIPTION)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + DESCRIPTION);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
