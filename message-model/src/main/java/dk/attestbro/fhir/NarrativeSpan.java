package dk.attestbro.fhir;

/**
 * Where a narrative lies within the bytes of a message, from {@code start} to before {@code end},
 * and the XHTML that is written there.
 */
record NarrativeSpan(Place place, int start, int end, String xhtml) {

  /** A resource of the Bundle: by its entry, and where it is contained by its place in there. */
  record Place(int entry, int contained) {
    private static final int NOT_CONTAINED = -1;

    /** The resource of this entry itself. */
    static Place of(int entry) {
      return new Place(entry, NOT_CONTAINED);
    }

    String path() {
      String resource = FhirMessageReading.path(entry);
      return (contained == NOT_CONTAINED ? resource : resource + ".contained[" + contained + "]")
          + ".text.div";
    }
  }
}
