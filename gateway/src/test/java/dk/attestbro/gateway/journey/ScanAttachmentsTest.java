package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.AttachmentScan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ScanAttachmentsTest {
  private final TestGateway gateway = new TestGateway();
  private final Messages messages = TestGateway.newCase();
  private final List<String> alarms = new ArrayList<>();
  private final List<byte[]> scanned = new ArrayList<>();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void lettersPassUnseenWhereNoScanIsDemanded() {
    ValidatedMessage letter = replyWithPdf();

    assertThat(new ScanAttachments(Optional.empty(), alarm()).attachments(letter)).isSameAs(letter);
  }

  @Test
  void everyAttachmentIsSeenWholeAndTheCleanLetterPasses() {
    ValidatedMessage letter = replyWithPdf();

    assertThat(saying(new AttachmentScan.Clean()).attachments(letter)).isSameAs(letter);
    assertThat(scanned)
        .containsExactlyElementsOf(
            letter.message().reading().attachments().stream().map(a -> a.data()).toList())
        .isNotEmpty();
  }

  @Test
  void aHarmfulAttachmentIsRefusedWithItsPlaceAndAlarmed() {
    LetterRefused refused =
        catchThrowableOfType(
            LetterRefused.class,
            () -> saying(new AttachmentScan.Harmful("Eicar-Test")).attachments(replyWithPdf()));

    assertThat(refused.refusal().problems())
        .containsExactly(new Problem(RefusalReason.ATTACHMENT_HARMFUL, "attachments[0]"));
    assertThat(alarms).containsExactly("ATTACHMENT_HARMFUL Eicar-Test");
  }

  @Test
  void whatIsTooLargeToBeSeenIsRefused() {
    LetterRefused refused =
        catchThrowableOfType(
            LetterRefused.class,
            () ->
                saying(new AttachmentScan.NotScanned(AttachmentScan.Why.TOO_LARGE))
                    .attachments(replyWithPdf()));

    assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.ATTACHMENT_TOO_LARGE_TO_SCAN);
  }

  @Test
  void nothingIsPromisedWhileTheScannerIsAway() {
    MessageRefused refused =
        catchThrowableOfType(
            MessageRefused.class,
            () ->
                saying(new AttachmentScan.NotScanned(AttachmentScan.Why.UNREACHABLE))
                    .attachments(replyWithPdf()));

    assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.SCAN_UNAVAILABLE);
    assertThat(alarms).containsExactly("SCAN_UNAVAILABLE UNREACHABLE");
  }

  private ScanAttachments saying(AttachmentScan.Verdict verdict) {
    return new ScanAttachments(
        Optional.of(
            bytes -> {
              scanned.add(bytes);
              return verdict;
            }),
        alarm());
  }

  private Alarms alarm() {
    return (code, subject, detail) -> alarms.add(code + " " + detail);
  }

  private ValidatedMessage replyWithPdf() {
    Payload request = messages.request(MediaType.FHIR_JSON);
    gateway.recorded(request);
    gateway.clock.pass(Duration.ofDays(10));
    return gateway.validate.content(
        gateway.authenticate.sender(
            gateway.from(SampleDirectory.MIDT, messages.reply(request, MediaType.FHIR_JSON))));
  }
}
