package dk.attestbro.port;

import dk.attestbro.model.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * The last answer of a responder about each certificate, over restarts and among nodes. It is a
 * memory and proves nothing by itself: who reads an answer from it verifies it again. What cannot
 * be remembered is asked for again, so that nothing here ever fails a caller.
 */
public interface OcspMemory {
  /** Remembers nothing. */
  OcspMemory NONE =
      new OcspMemory() {
        @Override
        public Optional<Remembered> find(Digest about) {
          return Optional.empty();
        }

        @Override
        public void remember(Digest about, Remembered answer, Instant forget) {
          // Where no responder is ever asked.
        }
      };

  /** An answer, in DER, and when it was asked for. Not copied. */
  @SuppressWarnings("ArrayRecordComponent") // handed on to be read, and compared by nobody
  record Remembered(byte[] der, Instant asked) {
    @Override
    public String toString() {
      return "Remembered[" + der.length + " bytes, " + asked + "]";
    }
  }

  /** The last one about the certificate and issuer that this stands for. */
  Optional<Remembered> find(Digest about);

  /**
   * Remembers it in place of the one before.
   *
   * @param forget those that were asked for before then may go
   */
  void remember(Digest about, Remembered answer, Instant forget);
}
