package dk.attestbro.fhir;

import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;

/** Narratives for people, built as nodes so that nothing in them can be markup. */
final class Narratives {
  private Narratives() {}

  /** One paragraph per line that is not blank; line breaks within a line are kept. */
  static Narrative of(String... lines) {
    XhtmlNode div = new XhtmlNode(NodeType.Element, "div");
    div.setAttribute("xmlns", "http://www.w3.org/1999/xhtml");
    for (String line : lines) {
      if (!line.isBlank()) {
        paragraph(div, line);
      }
    }
    Narrative narrative = new Narrative();
    narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
    narrative.setDiv(div);
    return narrative;
  }

  private static void paragraph(XhtmlNode div, String line) {
    XhtmlNode paragraph = div.addTag("p");
    String[] parts = line.split("\\R", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        paragraph.addTag("br");
      }
      if (!parts[i].isEmpty()) {
        paragraph.addText(parts[i]);
      }
    }
  }
}
