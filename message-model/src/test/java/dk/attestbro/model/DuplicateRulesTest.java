package dk.attestbro.model;

import static dk.attestbro.model.Letters.CONTENT;
import static dk.attestbro.model.Letters.NOW;
import static dk.attestbro.model.Letters.REF;
import static dk.attestbro.model.Letters.SENDER;
import static dk.attestbro.model.Letters.acknowledged;
import static dk.attestbro.model.Letters.letter;
import static dk.attestbro.model.Letters.row;
import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.DuplicateRules.Duplicate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DuplicateRulesTest {
  private static final Optional<LetterRef> NEW_BUNDLE = Optional.empty();
  private static final Optional<LetterRef> SAME_BUNDLE = Optional.of(REF);
  private static final Optional<OutboxRow> NO_ROW = Optional.empty();
  private static final Optional<OutboxRow> DUE = Optional.of(row());
  private static final Optional<OutboxRow> IN_QUEUE = Optional.of(row().handedOver(NOW));
  private static final Optional<OutboxRow> AWAITING = Optional.of(row().awaiting(NOW));

  @Test
  void givesTheFirstAnswerAgainWhereBothIdsAreKnown() {
    assertThat(decide(letter(LetterStatus.SENT), SAME_BUNDLE, AWAITING))
        .isEqualTo(Duplicate.FIRST_ANSWER);
  }

  @Test
  void answersAFinallyAcknowledgedLetterWithItsAcknowledgementAgain() {
    Letter known = acknowledged(LetterStatus.ACKNOWLEDGED, AcknowledgementCode.OK);

    assertThat(decide(known, NEW_BUNDLE, NO_ROW)).isEqualTo(Duplicate.FINAL_ACKNOWLEDGEMENT);
    assertThat(decide(known, SAME_BUNDLE, NO_ROW)).isEqualTo(Duplicate.FINAL_ACKNOWLEDGEMENT);
  }

  @Test
  void givesOnlyTheReceiptWhereTheGatewayIsAboutToSendItAnyway() {
    assertThat(decide(letter(LetterStatus.RECORDED), NEW_BUNDLE, DUE))
        .isEqualTo(Duplicate.RECEIPT_ONLY);
    assertThat(decide(letter(LetterStatus.QUEUED), NEW_BUNDLE, IN_QUEUE))
        .isEqualTo(Duplicate.RECEIPT_ONLY);
  }

  @Test
  void relaysTheSendersEnvelopeInPlaceOfAResendThatOnlyWaits() {
    assertThat(decide(letter(LetterStatus.SENT), NEW_BUNDLE, AWAITING))
        .isEqualTo(Duplicate.FURTHER_ENVELOPE);
  }

  @Test
  void relaysEveryEnvelopeOfASenderThatResendsItself() {
    assertThat(DuplicateRules.decide(letter(LetterStatus.QUEUED), CONTENT, NEW_BUNDLE, DUE, true))
        .isEqualTo(Duplicate.FURTHER_ENVELOPE);
  }

  @Test
  void relaysANewEnvelopeAfterATransientErrorOrDeath() {
    Letter refusedForNow = acknowledged(LetterStatus.SENT, AcknowledgementCode.TRANSIENT_ERROR);

    assertThat(decide(refusedForNow, NEW_BUNDLE, AWAITING)).isEqualTo(Duplicate.FURTHER_ENVELOPE);
    assertThat(decide(letter(LetterStatus.DEAD), NEW_BUNDLE, NO_ROW))
        .isEqualTo(Duplicate.FURTHER_ENVELOPE);
  }

  @Test
  void refusesABundleIdThatAnotherLetterBears() {
    LetterRef other = new LetterRef(SENDER, new LetterId("letter-2"));

    assertThat(decide(letter(LetterStatus.SENT), Optional.of(other), AWAITING))
        .isEqualTo(Duplicate.BUNDLE_REUSED);
  }

  @Test
  void tellsChangedContentBeforeAnythingElse() {
    Digest changed = Digest.of(new byte[] {2});

    for (LetterStatus status : LetterStatus.values()) {
      assertThat(DuplicateRules.decide(letter(status), changed, SAME_BUNDLE, NO_ROW, false))
          .isEqualTo(Duplicate.CONTENT_CHANGED);
    }
  }

  @Test
  void refusesARefusedLetterAgainWhateverItsEnvelope() {
    assertThat(decide(letter(LetterStatus.REFUSED), NEW_BUNDLE, NO_ROW))
        .isEqualTo(Duplicate.FIRST_ANSWER);
  }

  private static Duplicate decide(
      Letter known, Optional<LetterRef> bundleOf, Optional<OutboxRow> row) {
    return DuplicateRules.decide(known, CONTENT, bundleOf, row, false);
  }
}
