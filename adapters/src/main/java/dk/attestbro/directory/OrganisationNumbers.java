package dk.attestbro.directory;

/** The check digits of the numbers that an organisation is known by. */
final class OrganisationNumbers {
  private static final int[] CVR_WEIGHTS = {2, 7, 6, 5, 4, 3, 2, 1};

  private OrganisationNumbers() {}

  /** A SOR code: 11 digits or more, at most the 18 of a SNOMED CT identifier. */
  static String sor(String text) {
    if (!text.matches("\\d{11,18}")) {
      throw new IllegalArgumentException("must be a SOR code of 11 to 18 digits");
    }
    return text;
  }

  /** A GLN: 13 digits, the last the GS1 check digit. */
  static String gln(String text) {
    if (!text.matches("\\d{13}")) {
      throw new IllegalArgumentException("must be a GLN of 13 digits");
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (text.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    if (sum % 10 != 0) {
      throw new IllegalArgumentException("the check digit of the GLN is wrong");
    }
    return text;
  }

  /** A CVR number: 8 digits, modulus 11. */
  static String cvr(String text) {
    if (!text.matches("[1-9]\\d{7}")) {
      throw new IllegalArgumentException("must be a CVR number of 8 digits");
    }
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (text.charAt(i) - '0') * CVR_WEIGHTS[i];
    }
    if (sum % 11 != 0) {
      throw new IllegalArgumentException("the check digit of the CVR number is wrong");
    }
    return text;
  }
}
