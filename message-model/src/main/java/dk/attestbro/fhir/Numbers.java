package dk.attestbro.fhir;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How large a number may be (R4 2.24.0.1: a decimal need hold no more than 18 digits). Ten
 * characters can name one whose digits fill the memory as soon as somebody writes them out.
 */
final class Numbers {
  /** More digits than these are no number that anybody means. */
  static final int MOST_DIGITS = 1_000;

  private static final int LARGEST_EXPONENT = 100;
  private static final Pattern EXPONENT = Pattern.compile("[eE][+-]?0*(\\d*)$");
  private static final Pattern LONG = Pattern.compile("[+-]?[0-9.]{1001,}([eE][+-]?[0-9]+)?");

  private Numbers() {}

  /** Whether a number of JSON, as it is written, can be written out. */
  static boolean isBounded(String json) {
    var exponent = EXPONENT.matcher(json);
    return !exponent.find()
        || exponent.group(1).length() <= 3
            && Integer.parseInt("0" + exponent.group(1)) <= LARGEST_EXPONENT;
  }

  /** Whether a number can be written out. */
  static boolean isBounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS;
  }

  /** Whether a value of XML is a number that takes long to read: its type is not known yet. */
  static boolean isLong(String value) {
    return LONG.matcher(value).matches();
  }
}
