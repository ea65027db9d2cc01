package dk.attestbro.fhir;

import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.utilities.validation.ValidationMessage;

/**
 * What HAPI found, as problems: its errors, each with the rule or message id and the element's
 * path. SECURITY: HAPI's text quotes values of the message, so it is never passed on.
 */
final class ProfileFindings {
  /** The text that HAPI sees has digests for documents, so these it cannot judge; we do. */
  private static final Set<String> JUDGED_HERE =
      Set.of(
          "TYPE_SPECIFIC_CHECKS_DT_ATT_SIZE_CORRECT",
          "TYPE_SPECIFIC_CHECKS_DT_ATT_SIZE_INVALID",
          "TYPE_SPECIFIC_CHECKS_DT_ATT_HASH_MISMATCH");

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/");
  private static final Pattern SEGMENT =
      Pattern.compile("[A-Za-z][A-Za-z]*(\\[[0-9x]+\\])?|(ofType|resolve)\\([A-Za-z]*\\)");
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");

  private ProfileFindings() {}

  static List<Problem> problems(List<ValidationMessage> messages, boolean profilesKnown) {
    Set<Problem> problems = new LinkedHashSet<>();
    for (ValidationMessage message : messages) {
      String id = message.getMessageId() == null ? "" : message.getMessageId();
      if (!message.getLevel().isError()
          || JUDGED_HERE.contains(id)
          || (!profilesKnown
              && id.toLowerCase(java.util.Locale.ROOT).contains("profile_unknown"))) {
        continue;
      }
      RefusalReason reason =
          isTerminology(message, id) ? RefusalReason.CODE_UNKNOWN : RefusalReason.PROFILE_VIOLATED;
      problems.add(new Problem(reason, path(message.getLocation()), hint(message, id)));
    }
    return List.copyOf(problems);
  }

  private static boolean isTerminology(ValidationMessage message, String id) {
    return id.startsWith("Terminology_")
        || id.startsWith("TERMINOLOGY_")
        || message.getType() == ValidationMessage.IssueType.CODEINVALID;
  }

  /** The element's path up to the first part that is no element name of the specification. */
  static String path(String location) {
    if (location == null) {
      return "";
    }
    List<String> kept = new ArrayList<>();
    for (String segment : COMMENT.matcher(location).replaceAll("").split("\\.")) {
      if (!SEGMENT.matcher(segment).matches()) {
        break;
      }
      kept.add(segment);
    }
    return String.join(".", kept);
  }

  /** The invariant's key where it is one, else HAPI's message id. */
  private static String hint(ValidationMessage message, String id) {
    String key = message.getInvId() == null ? id : message.getInvId();
    String last = key.substring(key.lastIndexOf('#') + 1);
    return RULE.matcher(last).matches() ? last : "";
  }
}
