package dk.attestbro.file;

/** Where in a partner's folder a file lies. */
enum Place {
  /** The folder itself: what is handed over, in either direction. */
  FOLDER(""),
  /** What a node of the gateway has taken and not finished. */
  WORK(".work"),
  /** What the gateway holds, each with its answer beside it. */
  DONE("done"),
  /** What the gateway does not take, each with the reason beside it. */
  REFUSED("refused");

  private final String subfolder;

  Place(String subfolder) {
    this.subfolder = subfolder;
  }

  /** The name of the subfolder; empty for the folder itself. */
  String subfolder() {
    return subfolder;
  }
}
