package dk.attestbro.fhir;

import java.util.ArrayList;
import java.util.List;

/** What a first pass over a message has found, in the order of its bytes. */
record Scanned(
    List<Base64Span> attachments, List<NarrativeSpan> narratives, List<EntrySpan> entries) {
  Scanned() {
    this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }
}
