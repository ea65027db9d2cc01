package dk.attestbro.crypto;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the keys are tried on. */
final class Samples {
  static final Payload LETTER =
      new Payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);

  private Samples() {}

  static Receipt receipt(JwsReceipts receipts) {
    return receipts.sign(
        new LetterId("letter-1"),
        new BundleId("bundle-1"),
        new PartyId("employment-aarhus"),
        new PartyId("psychiatry-midt"),
        Optional.empty(),
        LETTER.sha256(),
        Instant.parse("2026-11-22T10:00:00Z"),
        List.of("https://example.org/profile|1.0"),
        List.of());
  }
}
