package dk.attestbro.gateway.cli;

/** The command line of Attestbro. */
public final class Attestbro {
  private Attestbro() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(2);
  }
}
