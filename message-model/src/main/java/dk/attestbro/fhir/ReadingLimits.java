package dk.attestbro.fhir;

/**
 * What a message may cost before anything is built from it: nesting depth, number of elements (JSON
 * values, XML elements), and size in bytes. A base64 attachment counts as one element.
 */
public record ReadingLimits(int maxDepth, int maxElements, int maxBytes) {
  /** Depth 60, 200 000 elements, 100 MB (MedCom's limit for the message inside its envelope). */
  public static final ReadingLimits DEFAULT = new ReadingLimits(60, 200_000, 100_000_000);
}
