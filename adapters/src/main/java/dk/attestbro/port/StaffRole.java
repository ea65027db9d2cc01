package dk.attestbro.port;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do on the pages. */
public enum StaffRole {
  /** Keeps the letters moving; sees no content, unless by break-glass access. */
  OPERATOR,
  /** Sees figures and lateness; decides on the break-glass access of others. */
  LEAD,
  /** Sees who did what. */
  AUDITOR,
  /** Acts for a municipality at the counter. */
  CASEWORKER,
  /** Acts for a psychiatric unit at the counter. */
  CLINICIAN;

  /** Whether whoever has it acts for one party, and sees that party's content. */
  public boolean isOfAParty() {
    return this == CASEWORKER || this == CLINICIAN;
  }

  /** The role as files and claims write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this code; empty where there is none. */
  public static Optional<StaffRole> of(String code) {
    return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
  }
}
