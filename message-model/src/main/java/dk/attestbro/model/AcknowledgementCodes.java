package dk.attestbro.model;

import java.util.Optional;
import java.util.Set;

/**
 * The codes that an issue of an Acknowledgement may carry: MedCom's value set {@code
 * medcom-acknowledgement-issue-details}, to which the binding is required.
 */
public final class AcknowledgementCodes {
  /** HL7's code system, of which MedCom takes 28 codes. */
  public static final String HL7_SYSTEM = "http://terminology.hl7.org/CodeSystem/operation-outcome";

  /** MedCom's own, with nine more. */
  public static final String MEDCOM_SYSTEM =
      "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-acknowledgement-error-codes";

  private static final Set<String> HL7 =
      Set.of(
          "MSG_ID_INVALID",
          "MSG_ID_TOO_LONG",
          "MSG_BAD_FORMAT",
          "MSG_BAD_SYNTAX",
          "MSG_DATE_FORMAT",
          "MSG_DUPLICATE_ID",
          "MSG_INVALID_ID",
          "MSG_JSON_OBJECT",
          "MSG_LOCAL_FAIL",
          "MSG_NO_MATCH",
          "MSG_NO_EXIST",
          "MSG_NO_SUMMARY",
          "MSG_PARAM_INVALID",
          "MSG_PARAM_NO_REPEAT",
          "MSG_PARAM_UNKNOWN",
          "MSG_RESOURCE_ID_MISMATCH",
          "MSG_RESOURCE_ID_FAIL",
          "MSG_RESOURCE_ID_MISSING",
          "MSG_RESOURCE_NOT_ALLOWED",
          "MSG_RESOURCE_REQUIRED",
          "MSG_RESOURCE_TYPE_MISMATCH",
          "MSG_TRANSACTION_DUPLICATE_ID",
          "MSG_TRANSACTION_MISSING_ID",
          "MSG_UNKNOWN_TYPE",
          "MSG_VERSION_AWARE",
          "MSG_VERSION_AWARE_CONFLICT",
          "MSG_VERSION_AWARE_URL",
          "MSG_WRONG_NS");

  /** Spelling and mixed case exactly as MedCom has them. */
  private static final Set<String> MEDCOM =
      Set.of(
          "MSG_Receiver_Identifier_UNKNOWN",
          "MSG_Receiver_Identifier_MISSING",
          "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
          "MSG_VALUESET_VALUE_UNKNOWN",
          "MSG_CodeSystem_VALUE_UNKNOWN",
          "MSG_Element_To_Long",
          "MSG_Datatype_Wrong",
          "MSG_Mailbox_Out_Of_Operation",
          "MSG_Damaged_durin_transport");

  private AcknowledgementCodes() {}

  /** The code system that the code is from; empty where the value set does not have it. */
  public static Optional<String> systemOf(String code) {
    if (HL7.contains(code)) {
      return Optional.of(HL7_SYSTEM);
    }
    return MEDCOM.contains(code) ? Optional.of(MEDCOM_SYSTEM) : Optional.empty();
  }
}
