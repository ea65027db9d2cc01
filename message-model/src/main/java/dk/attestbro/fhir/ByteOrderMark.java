package dk.attestbro.fhir;

/**
 * The mark that some editors put before UTF-8. RFC 8259 section 8.1 lets a reader of JSON pass over
 * it; a reader of XML has to.
 */
final class ByteOrderMark {
  private ByteOrderMark() {}

  /** How many bytes the mark takes at the beginning of this text; 0 where there is none. */
  static int length(byte[] text) {
    return text.length > 2
            && text[0] == (byte) 0xEF
            && text[1] == (byte) 0xBB
            && text[2] == (byte) 0xBF
        ? 3
        : 0;
  }
}
