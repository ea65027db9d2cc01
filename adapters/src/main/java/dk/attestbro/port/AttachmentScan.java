package dk.attestbro.port;

/** Has attachments looked through for what would harm their reader, before they are delivered. */
@FunctionalInterface
public interface AttachmentScan {
  /** What the scanner says of an attachment. {@link Clean} only where it has seen all of it. */
  Verdict scan(byte[] attachment);

  /** What came of a scan. */
  sealed interface Verdict permits Clean, Harmful, NotScanned {}

  /** The scanner knows nothing against it. */
  record Clean() implements Verdict {}

  /**
   * The scanner found something: the attachment must reach nobody.
   *
   * @param finding the scanner's name for it, of printable ASCII
   */
  record Harmful(String finding) implements Verdict {}

  /** There is no verdict; the attachment must not be taken for clean. */
  record NotScanned(Why why) implements Verdict {}

  /** Why there is no verdict. */
  enum Why {
    /** The scanner cannot be reached, or broke off. A later scan may succeed. */
    UNREACHABLE,
    /** It did not answer in time. A later scan may succeed. */
    TOO_SLOW,
    /** It takes no attachment of this size. No later scan will succeed before it is set up anew. */
    TOO_LARGE,
    /** It failed, or answered something that it should not. A later scan may succeed. */
    FAILED
  }
}
