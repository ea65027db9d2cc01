package dk.attestbro.fhir;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML from end to end, keeping nothing, and refuses what is broken or too much. */
final class WellFormed {
  /** R4 2.24.0.1: a string is at most 1 MB. */
  static final int MAX_ATTRIBUTE = 4 * 1024 * 1024;

  private static final XMLInputFactory FACTORY = factory();

  private WellFormed() {}

  static void check(byte[] xml, ReadingLimits limits) {
    int depth = 0;
    int elements = 0;
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
      try {
        // R4 3.1.0.1.1: FHIR is UTF-8.
        if (!"UTF-8".equalsIgnoreCase(reader.getEncoding())) {
          throw new MessageRefused(RefusalReason.NOT_READABLE);
        }
        while (reader.hasNext()) {
          switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> {
              depth++;
              elements++;
              if (hasLongNumber(reader)) {
                throw new MessageRefused(RefusalReason.TOO_COMPLEX);
              }
            }
            case XMLStreamConstants.END_ELEMENT -> depth--;
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw new MessageRefused(RefusalReason.NOT_READABLE);
            default -> {}
          }
          if (depth > limits.maxDepth() || elements > limits.maxElements()) {
            throw new MessageRefused(RefusalReason.TOO_COMPLEX);
          }
        }
      } finally {
        reader.close();
      }
    } catch (XMLStreamException broken) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
  }

  private static boolean hasLongNumber(XMLStreamReader reader) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String value = reader.getAttributeValue(i);
      if (value.length() > Numbers.MOST_DIGITS && Numbers.isLong(value)) {
        return true;
      }
    }
    return false;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = new WstxInputFactory();
    // SECURITY: with DTDs or external entities a message could read our files or call out.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE);
    return factory;
  }
}
