package dk.attestbro.model;

/** Who must act on a problem. */
public enum WhoActs {
  SENDER("Afsenderen", "The sender"),
  RECEIVER("Modtageren", "The receiver"),
  OPERATOR("Driften", "Operations"),
  NOBODY("Ingen", "Nobody");

  private final Text text;

  WhoActs(String da, String en) {
    this.text = new Text(da, en);
  }

  public Text text() {
    return text;
  }
}
