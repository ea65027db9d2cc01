package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.ReceiptView;
import dk.attestbro.gateway.journey.AnswerDocuments;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;

/** Answers as documents, of the same shape as over HTTP. */
public final class AnswerJson implements AnswerDocuments {
  @Override
  public byte[] receipt(Receipt receipt) {
    return PlainJson.write(ReceiptView.of(receipt));
  }

  @Override
  public byte[] outcome(Refusal refusal) {
    return PlainJson.write(ErrorAnswers.outcome(refusal));
  }
}
