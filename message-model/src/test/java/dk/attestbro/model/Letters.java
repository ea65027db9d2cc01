package dk.attestbro.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Recorded letters, rows and endpoints as the rules' tests need them. */
final class Letters {
  static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
  static final PartyId SENDER = new PartyId("employment-aarhus");
  static final PartyId RECEIVER = new PartyId("psychiatry-midt");
  static final LetterRef REF = new LetterRef(SENDER, new LetterId("letter-1"));
  static final BundleId BUNDLE = new BundleId("bundle-1");
  static final Digest CONTENT = Digest.of(new byte[] {1});

  private Letters() {}

  static Letter letter(LetterStatus status) {
    return new Letter(
        REF,
        Optional.of(BUNDLE),
        EventCode.CERTIFICATE_REQUEST.code(),
        Optional.of(RECEIVER),
        Optional.empty(),
        NOW,
        CONTENT,
        CONTENT,
        MediaType.FHIR_JSON,
        status,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  static Letter acknowledged(LetterStatus status, AcknowledgementCode code) {
    return letter(status)
        .with(
            status,
            new AcknowledgementState(
                code, NOW, List.of(), new LetterRef(RECEIVER, new LetterId("ack-1"))));
  }

  static OutboxRow row() {
    return OutboxRow.first(REF, RECEIVER, BUNDLE, NOW, Duration.ofDays(7));
  }

  static Endpoint endpoint(Endpoint.Channel channel) {
    return EndpointSample.of(channel).retrying("2:1m").endpoint();
  }
}
