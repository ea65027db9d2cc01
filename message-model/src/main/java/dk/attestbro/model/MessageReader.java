package dk.attestbro.model;

/** Reads messages. Thread-safe. */
public interface MessageReader {
  /**
   * Reads a FHIR message in JSON or XML. Depth, element count and size are checked before anything
   * is built; XML is read with DTDs and external entities off.
   *
   * @throws MessageRefused NOT_READABLE, NOT_FHIR, TOO_LARGE or TOO_COMPLEX; UNSUPPORTED_MEDIA_TYPE
   *     for CMS
   */
  MessageReading read(Payload payload);
}
