package dk.attestbro.crypto;

/** One key that cannot be used; the message says what is wrong and who mends it. */
final class WrongKey extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongKey(String message) {
    super(message);
  }
}
