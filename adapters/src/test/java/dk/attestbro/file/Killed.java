package dk.attestbro.file;

/** The process was killed here: nothing catches it, nothing is tidied up after it. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;
}
