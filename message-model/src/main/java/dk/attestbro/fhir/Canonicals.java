package dk.attestbro.fhir;

import dk.attestbro.model.EventCode;
import java.util.Set;

/** The names by which messages refer to profiles and code systems: ours, MedCom's, HL7's. */
final class Canonicals {
  static final String BASE = "https://attestbro.dk/fhir";

  static final String FORM = codeSystem("form");
  static final String TASK_PARAMETER = codeSystem("task-parameter");
  static final String RETURN_REASON = codeSystem("return-reason");
  static final String CANCELLATION_REASON = codeSystem("cancellation-reason");
  static final String RETRACTION_REASON = codeSystem("retraction-reason");
  static final String MENTOR_OUTCOME = codeSystem("mentor-outcome");
  static final String CONSENT_BASIS = codeSystem("consent-basis");
  static final String CASE_STATUS = codeSystem("case-status");

  static final String SOR = "urn:oid:1.2.208.176.1.1";
  static final String GLN = "https://www.gs1.org/gln";

  /** How dk-core writes the system of a GLN; both are met. */
  static final String GLN_HTTP = "http://www.gs1.org/gln";

  static final String AUTHORISATION = "https://autregweb.sst.dk";

  static final String CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope";
  static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

  static final String DESTINATION_USE_EXTENSION =
      "http://medcomfhir.dk/ig/messaging/StructureDefinition/medcom-messaging-destinationUseExtension";
  static final String DESTINATION_USE =
      "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-messaging-destinationUse";
  static final String ACTIVITY =
      "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-messaging-activityCodes";

  /** MedCom's value set of activities, to which the binding is required. */
  static final Set<String> ACTIVITIES =
      Set.of(
          "new-message",
          "forward-message",
          "reply-message",
          "retract-message",
          "modified-message",
          "carboncopy-message",
          "admit-emergency",
          "revise-admit-emergency",
          "cancel-admit-emergency",
          "admit-inpatient",
          "revise-admit-inpatient",
          "cancel-admit-inpatient",
          "start-leave-inpatient",
          "revise-start-leave-inpatient",
          "cancel-start-leave-inpatient",
          "end-leave-inpatient",
          "revise-end-leave-inpatient",
          "cancel-end-leave-inpatient",
          "discharge-emergency-home",
          "discharge-inpatient-home",
          "revise-discharge-emergency-home",
          "revise-discharge-inpatient-home",
          "cancel-discharge-emergency-home",
          "cancel-discharge-inpatient-home",
          "acknowledgement");

  static final String MESSAGING = "http://medcomfhir.dk/ig/messaging/StructureDefinition/";
  static final String ACKNOWLEDGEMENT =
      "http://medcomfhir.dk/ig/acknowledgement/StructureDefinition/";
  static final String ACKNOWLEDGEMENT_DEFINITION =
      "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedComAcknowledgementMessageDefinition|2.0";

  private Canonicals() {}

  static String codeSystem(String name) {
    return BASE + "/CodeSystem/" + name;
  }

  static String extension(String name) {
    return BASE + "/StructureDefinition/" + name;
  }

  /** The Bundle profile of one of our own events. */
  static String profile(EventCode event) {
    return BASE + "/StructureDefinition/" + event.code();
  }

  /** {@code MessageHeader.definition} of one of our own events. */
  static String definition(EventCode event) {
    return BASE + "/MessageDefinition/" + event.code() + "|1.0";
  }
}
