package dk.attestbro.gateway.journey;

import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;

/** Writes answers as the FHIR door gives them, for channels that leave them as documents. */
public interface AnswerDocuments {
  /** The Receipt as JSON. */
  byte[] receipt(Receipt receipt);

  /** The refusal as an OperationOutcome (FHIR JSON). */
  byte[] outcome(Refusal refusal);
}
