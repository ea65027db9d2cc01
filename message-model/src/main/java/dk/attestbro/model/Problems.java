package dk.attestbro.model;

import java.util.ArrayList;
import java.util.List;

/** Gathers every problem of one content, so that the sender hears of all at once. */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  List<Problem> all() {
    return List.copyOf(found);
  }

  void add(RefusalReason reason, String path) {
    found.add(new Problem(reason, path));
  }

  void add(RefusalReason reason, String path, String hint) {
    found.add(new Problem(reason, path, hint));
  }

  /** A text that must be there, within its length. */
  void required(String path, String value, int maxLength, RefusalReason whereMissing) {
    if (value.isBlank()) {
      add(whereMissing, path);
    } else {
      optional(path, value, maxLength);
    }
  }

  /**
   * A text within its length. Control characters are refused here, since XML 1.0 cannot carry them
   * and the same letter must exist in both formats.
   */
  void optional(String path, String value, int maxLength) {
    if (value.codePointCount(0, value.length()) > maxLength) {
      add(RefusalReason.FIELD_INVALID, path, "max " + maxLength);
    } else if (!WritableText.is(value)) {
      add(RefusalReason.FIELD_INVALID, path, "control character");
    }
  }
}
