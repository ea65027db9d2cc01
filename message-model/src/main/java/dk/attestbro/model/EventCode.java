package dk.attestbro.model;

import java.util.Optional;

/**
 * What a letter says: {@code MessageHeader.event.code}. Ours come from the CodeSystem {@code
 * message-event}; MedCom's are taken and sent exactly as MedCom defines them.
 */
public enum EventCode {
  CERTIFICATE_REQUEST("certificate-request", Direction.FORWARD),
  CERTIFICATE_REPLY("certificate-reply", Direction.BACK),
  CERTIFICATE_INTERIM_REPLY("certificate-interim-reply", Direction.BACK),
  CERTIFICATE_RETURNED("certificate-returned", Direction.BACK),
  CERTIFICATE_REMINDER("certificate-reminder", Direction.FORWARD),
  CERTIFICATE_CANCELLATION("certificate-cancellation", Direction.FORWARD),
  CLARIFICATION_QUESTION("clarification-question", Direction.BOTH),
  CLARIFICATION_ANSWER("clarification-answer", Direction.BOTH),
  CERTIFICATE_CORRECTION("certificate-correction", Direction.BACK),
  CERTIFICATE_RETRACTION("certificate-retraction", Direction.BACK),
  CERTIFICATE_FORWARDED("certificate-forwarded", Direction.BACK),
  CONSENT_WITHDRAWN("consent-withdrawn", Direction.FORWARD),
  FILED("filed", Direction.BOTH),
  DISCHARGE_NOTICE("discharge-notice", Direction.BOTH),
  MENTOR_OUTCOME("mentor-outcome", Direction.BOTH),
  CARE_COMMUNICATION("care-communication-message", Direction.BOTH),
  HOSPITAL_NOTIFICATION("hospital-notification-message", Direction.BOTH),
  ACKNOWLEDGEMENT("acknowledgement-message", Direction.BOTH);

  /** Who says it within a case. */
  public enum Direction {
    /** From the requester to the responder. */
    FORWARD,
    /** From the responder to the requester. */
    BACK,
    /** From either. */
    BOTH
  }

  /** The CodeSystem of our own events. */
  public static final String OUR_SYSTEM = "https://attestbro.dk/fhir/CodeSystem/message-event";

  /** The CodeSystem of MedCom's events. */
  public static final String MEDCOM_SYSTEM =
      "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-messaging-eventCodes";

  private final String code;
  private final Direction direction;

  EventCode(String code, Direction direction) {
    this.code = code;
    this.direction = direction;
  }

  /** The code on the wire. */
  public String code() {
    return code;
  }

  public Direction direction() {
    return direction;
  }

  /** Whether MedCom defines this event. */
  public boolean isMedCom() {
    return code.endsWith("-message");
  }

  /** The CodeSystem that the code is from. */
  public String system() {
    return isMedCom() ? MEDCOM_SYSTEM : OUR_SYSTEM;
  }

  /** The event with this code; empty where it is unknown. */
  public static Optional<EventCode> parse(String code) {
    for (EventCode event : values()) {
      if (event.code.equals(code)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }
}
