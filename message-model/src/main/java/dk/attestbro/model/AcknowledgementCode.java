package dk.attestbro.model;

import java.util.Optional;

/** The receiver's answer: {@code MessageHeader.response.code} (FHIR R4 response-code). */
public enum AcknowledgementCode {
  OK("ok"),
  TRANSIENT_ERROR("transient-error"),
  FATAL_ERROR("fatal-error");

  private final String code;

  AcknowledgementCode(String code) {
    this.code = code;
  }

  /** The code on the wire. */
  public String code() {
    return code;
  }

  /** Whether nothing may contradict it any more: ok and fatal-error. */
  public boolean isFinal() {
    return this != TRANSIENT_ERROR;
  }

  public static Optional<AcknowledgementCode> parse(String code) {
    for (AcknowledgementCode known : values()) {
      if (known.code.equals(code)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }
}
