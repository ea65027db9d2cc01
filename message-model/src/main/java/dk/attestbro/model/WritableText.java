package dk.attestbro.model;

/**
 * What a text may be made of: the characters of XML 1.0 (section 2.2), since the same letter must
 * exist as JSON and as XML.
 */
public final class WritableText {
  private WritableText() {}

  /** Whether every character of the text can be written in both formats. */
  public static boolean is(String text) {
    return text.codePoints().noneMatch(WritableText::cannotBeWritten);
  }

  private static boolean cannotBeWritten(int character) {
    boolean allowedControl = character == '\t' || character == '\n' || character == '\r';
    return (character < ' ' && !allowedControl)
        || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
        || character == 0xFFFE
        || character == 0xFFFF;
  }
}
