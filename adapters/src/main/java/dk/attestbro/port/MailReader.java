package dk.attestbro.port;

import java.util.function.Function;

/**
 * Reads one mail to a verdict. Whatever the bytes are, it gives one: no exception, bounded memory
 * and well within a second. Who may send what is not judged here, nor whether a certificate is to
 * be trusted.
 */
public interface MailReader {
  /**
   * Reads a mail exactly as it was fetched.
   *
   * @param policies what is taken from whom, asked with the address in From, which nothing vouches
   *     for at that point
   */
  MailReading read(byte[] mail, Function<MailAddress, Policy> policies);

  /** Reads a mail under {@link Policy#STRICT}, whoever sent it. */
  default MailReading read(byte[] mail) {
    return read(mail, from -> Policy.STRICT);
  }

  /**
   * The verdict on a mail that was not fetched, because the server said that it is larger than
   * {@link #mostBytes()}.
   *
   * @param header its header alone
   */
  MailReading tooLarge(byte[] header);

  /** The largest mail that is read. */
  int mostBytes();

  /**
   * What is taken from one sender.
   *
   * @param cbc whether AES-CBC (EnvelopedData) is taken, which S/MIME 3.2 clients write
   * @param signsForOthers whether a certificate that names other mail addresses may sign, as that
   *     of a domain's S/MIME gateway does
   */
  record Policy(boolean cbc, boolean signsForOthers) {
    /** S/MIME 4.0, and every signature by the address in From. */
    public static final Policy STRICT = new Policy(false, false);
  }
}
