package dk.attestbro.fhir;

/** Where an entry of the Bundle lies within the bytes, from {@code start} to before {@code end}. */
record EntrySpan(int start, int end) {}
