package dk.attestbro.fhir;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import dk.attestbro.model.Digest;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What there is to know of one narrative (R4 2.4.0.2) without building it: whether it says anything
 * and whether it does anything by itself, and a digest that is the same however the XHTML is
 * written down: prefixes, the order of attributes, comments and character references take no part.
 *
 * <p>HAPI makes 2 116 map entries anew for every narrative that it reads, which was a quarter of
 * the gateway's work; so narratives are read here and kept from it.
 */
record NarrativeText(
    NarrativeSpan.Place place, Digest sha256, boolean readable, boolean blank, boolean active) {
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

  private static final XMLInputFactory FACTORY = factory();

  /**
   * As HAPI does, bare text is taken for what is in a {@code div}. One that is not well-formed has
   * the digest of its text.
   *
   * @throws MessageRefused TOO_COMPLEX; NOT_READABLE where it has a DTD
   */
  static NarrativeText of(NarrativeSpan span, ReadingLimits limits) {
    String xhtml = span.xhtml().trim();
    Reading reading = new Reading(limits);
    if (!xhtml.isEmpty()) {
      try {
        reading.read(xhtml.startsWith("<") ? xhtml : "<div>" + xhtml + "</div>");
      } catch (XMLStreamException broken) {
        Digest asWritten = Digest.of(xhtml.getBytes(StandardCharsets.UTF_8));
        return new NarrativeText(span.place(), asWritten, false, false, false);
      }
    }
    return new NarrativeText(
        span.place(), Digest.of(reading.digest), true, !reading.says, reading.active);
  }

  /** One pass over the events. Marks that no XML holds keep the parts of the digest apart. */
  private static final class Reading {
    private static final String ELEMENT = "\u0001";
    private static final String ATTRIBUTE = "\u0002";
    private static final String VALUE = "\u0003";
    private static final String CONTENT = "\u0004";
    private static final String END = "\u0005";

    private final ReadingLimits limits;
    private final MessageDigest digest = Digest.sha256();
    private boolean says;
    private boolean active;

    Reading(ReadingLimits limits) {
      this.limits = limits;
    }

    void read(String xhtml) throws XMLStreamException {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(xhtml));
      try {
        int depth = 0;
        int elements = 0;
        while (reader.hasNext()) {
          switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> {
              depth++;
              elements++;
              element(reader);
            }
            case XMLStreamConstants.END_ELEMENT -> {
              depth--;
              add(END);
            }
            case XMLStreamConstants.CHARACTERS,
                XMLStreamConstants.CDATA,
                XMLStreamConstants.SPACE -> {
              says |= !reader.isWhiteSpace();
              add(reader.getText());
            }
            case XMLStreamConstants.ENTITY_REFERENCE -> {
              says = true;
              add("&" + reader.getLocalName() + ";");
            }
            case XMLStreamConstants.DTD -> throw new MessageRefused(RefusalReason.NOT_READABLE);
            default -> {}
          }
          if (depth > limits.maxDepth() || elements > limits.maxElements()) {
            throw new MessageRefused(RefusalReason.TOO_COMPLEX);
          }
        }
      } finally {
        reader.close();
      }
    }

    private void element(XMLStreamReader reader) {
      String name = local(reader.getLocalName());
      says |= name.equals("img");
      active |= ACTIVE_ELEMENTS.contains(name);
      TreeMap<String, String> attributes = new TreeMap<>();
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        String attribute = reader.getAttributeLocalName(i);
        active |= isActive(name, attribute, reader.getAttributeValue(i));
        if (!attribute.equals("xmlns") && !attribute.startsWith("xmlns:")) {
          attributes.put(attribute, reader.getAttributeValue(i));
        }
      }
      add(ELEMENT + name);
      attributes.forEach((attribute, value) -> add(ATTRIBUTE + attribute + VALUE + value));
      add(CONTENT);
    }

    private void add(String part) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
    }
  }

  // SECURITY: a desk or an EHR shows narratives as they are; what acts must not get there.
  private static boolean isActive(String element, String attribute, String value) {
    String name = attribute.toLowerCase(Locale.ROOT);
    // Browsers leave white space and control characters in a scheme aside.
    String target = value.replaceAll("[\\s\\p{Cntrl}]", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("on") || name.equals("srcdoc") || name.equals("formaction")) {
      return true;
    }
    if (name.equals("style")) {
      // A backslash writes any letter in another way (CSS Syntax 4.3.7).
      return target.contains("\\")
          || target.contains("url(")
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

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = new WstxInputFactory();
    // SECURITY: with DTDs or external entities a narrative could read our files or call out.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // Prefixes may be declared outside, and HTML's named entities nowhere.
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    // A picture lies in an attribute.
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, WellFormed.MAX_ATTRIBUTE);
    return factory;
  }
}
