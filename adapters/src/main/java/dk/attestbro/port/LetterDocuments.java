package dk.attestbro.port;

/** Shows letters as documents that people read and file. */
public interface LetterDocuments {
  /**
   * The reply as an accessible PDF/A in Danish. The same reply gives the same bytes. Takes the time
   * of some tenths of a second, seconds for the first after a start.
   */
  byte[] pdf(ReplyDocument reply);
}
