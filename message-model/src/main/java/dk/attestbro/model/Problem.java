package dk.attestbro.model;

/**
 * One thing that is wrong with a message: the reason from the one table, and where. The path is
 * FHIRPath in a message and a JSON path such as {@code consent.validUntil} in plain JSON; it names
 * elements and never holds a person's data. {@code hint} says what was expected (a code, a limit, a
 * profile rule's name, a successor's party id), also never a person's data; it may be empty.
 */
public record Problem(RefusalReason reason, String path, String hint) {
  public Problem(RefusalReason reason, String path) {
    this(reason, path, "");
  }

  /** The explanation for people: the reason's text, with the hint behind it. */
  public Text text() {
    Text text = reason.text();
    return hint.isEmpty()
        ? text
        : new Text(text.da() + " [" + hint + "]", text.en() + " [" + hint + "]");
  }

  /** The explanation, and who must act: for where that has no place of its own. */
  public Text textWithWhoActs() {
    WhoActs whoActs = reason.whoActs();
    return whoActs == WhoActs.NOBODY
        ? text()
        : new Text(
            text().da() + " " + whoActs.text().da() + " skal handle.",
            text().en() + " " + whoActs.text().en() + " must act.");
  }
}
