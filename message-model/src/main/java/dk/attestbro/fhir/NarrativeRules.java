package dk.attestbro.fhir;

import static dk.attestbro.fhir.FhirMessageReading.text;

import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;

/**
 * Every resource has a narrative, and no narrative does anything by itself when it is shown (R4
 * 2.4.0.2: no scripts, forms, frames, event attributes; images only from within the message).
 */
final class NarrativeRules {
  private static final Set<String> ACTIVE_ELEMENTS =
      Set.of(
          "script",
          "iframe",
          "frame",
          "frameset",
          "object",
          "embed",
          "applet",
          "form",
          "input",
          "button",
          "select",
          "textarea",
          "link",
          "meta",
          "base",
          "svg",
          "math",
          "audio",
          "video",
          "head",
          "body",
          "html",
          "xml");

  private NarrativeRules() {}

  static void check(Resource resource, String path, List<Problem> problems) {
    if (!(resource instanceof DomainResource domain)) {
      return;
    }
    Narrative narrative = domain.getText();
    if (!domain.hasText()
        || narrative.getStatus() == Narrative.NarrativeStatus.EMPTY
        || !narrative.hasDiv()
        || narrative.getDiv().allText().isBlank()) {
      problems.add(new Problem(RefusalReason.NARRATIVE_MISSING, path + ".text"));
    } else if (isActive(narrative.getDiv())) {
      problems.add(new Problem(RefusalReason.ACTIVE_CONTENT, path + ".text.div"));
    }
    for (int i = 0; i < domain.getContained().size(); i++) {
      if (domain.getContained().get(i) instanceof DomainResource contained
          && contained.hasText()
          && isActive(contained.getText().getDiv())) {
        problems.add(
            new Problem(RefusalReason.ACTIVE_CONTENT, path + ".contained[" + i + "].text.div"));
      }
    }
  }

  // SECURITY: a desk or an EHR shows narratives as they are; what acts must not get there.
  private static boolean isActive(XhtmlNode node) {
    if (node.getNodeType() == NodeType.Element) {
      String name = text(node.getName()).toLowerCase(Locale.ROOT);
      String local = name.substring(name.indexOf(':') + 1);
      if (ACTIVE_ELEMENTS.contains(local)
          || node.getAttributes().entrySet().stream()
              .anyMatch(a -> isActive(local, a.getKey(), a.getValue()))) {
        return true;
      }
    }
    return node.getChildNodes().stream().anyMatch(NarrativeRules::isActive);
  }

  private static boolean isActive(String element, String attribute, String value) {
    String name = attribute.toLowerCase(Locale.ROOT);
    // Browsers leave white space and control characters in a scheme aside.
    String target = text(value).replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("on") || name.equals("srcdoc") || name.equals("formaction")) {
      return true;
    }
    if (name.equals("style")) {
      return target.contains("url(")
          || target.contains("expression(")
          || target.contains("@import");
    }
    boolean leavesTheMessage =
        target.startsWith("javascript:")
            || target.startsWith("vbscript:")
            || (target.startsWith("data:") && !target.startsWith("data:image/"));
    return leavesTheMessage
        || (element.equals("img") && name.equals("src") && target.matches("(https?:|ftp:|//).*"));
  }
}
