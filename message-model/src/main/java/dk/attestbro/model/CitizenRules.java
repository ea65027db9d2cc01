package dk.attestbro.model;

import java.util.List;
import java.util.regex.Pattern;

/** The shapes of a citizen's identification (dk-core's CPR, X-eCPR and D-eCPR identifiers). */
public final class CitizenRules {
  /** The identifier system of CPR. */
  public static final String CPR_SYSTEM = "urn:oid:1.2.208.176.1.2";

  /** The identifier system of X-eCPR. */
  public static final String X_ECPR_SYSTEM = "urn:oid:1.2.208.176.1.6.1.1";

  /** The identifier system of D-eCPR, to which a region may append its own arc. */
  public static final String D_ECPR_SYSTEM = "urn:oid:1.2.208.176.1.6.1.3";

  private static final int NAME_LENGTH = 200;
  private static final Pattern CPR = Pattern.compile("\\d{10}");
  private static final Pattern X_ECPR = Pattern.compile("\\d{6}[17][A-Z]{2}\\d");
  private static final Pattern D_ECPR = Pattern.compile("\\d{6}[056][A-Z]{2}\\d");
  private static final Pattern URI = Pattern.compile("(urn:[a-z0-9]|https?://)\\S+");
  private static final List<Integer> DAYS_OF_MONTH =
      List.of(31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

  private CitizenRules() {}

  /**
   * Whether it is ten digits that begin with a day and a month. Modulus 11 is not asked for:
   * numbers without it are issued since 2007.
   */
  public static boolean isCpr(String id) {
    return CPR.matcher(id).matches() && beginsWithADay(id);
  }

  /** Whether it is a national replacement number. */
  public static boolean isXEcpr(String id) {
    return X_ECPR.matcher(id).matches() && beginsWithADay(id);
  }

  /** Whether it is a replacement number of a region's own. */
  public static boolean isDEcpr(String id) {
    return D_ECPR.matcher(id).matches() && beginsWithADay(id);
  }

  static void check(Citizen citizen, Problems problems) {
    switch (citizen.idKind()) {
      case CPR -> {
        if (!isCpr(citizen.id())) {
          problems.add(RefusalReason.CPR_INVALID, "citizen.cpr");
        }
      }
      case X_ECPR -> {
        if (!isXEcpr(citizen.id())) {
          problems.add(RefusalReason.CITIZEN_ID_INVALID, "citizen.xEcpr");
        }
      }
      case D_ECPR -> {
        if (!URI.matcher(citizen.idSystem()).matches()
            || citizen.idSystem().equals(CPR_SYSTEM)
            || citizen.idSystem().equals(X_ECPR_SYSTEM)) {
          problems.add(RefusalReason.CITIZEN_ID_INVALID, "citizen.dEcpr.system");
        }
        if (!isDEcpr(citizen.id())) {
          problems.add(RefusalReason.CITIZEN_ID_INVALID, "citizen.dEcpr.value");
        }
      }
    }
    problems.required(
        "citizen.name.family", citizen.family(), NAME_LENGTH, RefusalReason.FIELD_MISSING);
    for (int i = 0; i < citizen.given().size(); i++) {
      problems.required(
          "citizen.name.given[" + i + "]",
          citizen.given().get(i),
          NAME_LENGTH,
          RefusalReason.FIELD_INVALID);
    }
  }

  private static boolean beginsWithADay(String id) {
    int day = Integer.parseInt(id.substring(0, 2));
    int month = Integer.parseInt(id.substring(2, 4));
    return month >= 1 && month <= 12 && day >= 1 && day <= DAYS_OF_MONTH.get(month - 1);
  }
}
