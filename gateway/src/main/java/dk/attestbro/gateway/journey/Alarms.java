package dk.attestbro.gateway.journey;

import dk.attestbro.model.TimelineCode;

/** Tells operations that a person must look. Subjects are ids and parties, details are codes. */
@FunctionalInterface
public interface Alarms {
  void raise(TimelineCode code, String subject, String detail);
}
