package dk.attestbro.pdf;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer.SvgExternalResourceMode;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer.SvgScriptMode;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Renders XHTML as PDF/A-2a that is PDF/UA-1 too: tagged for screen readers, with its fonts within.
 * The same text gives the same bytes, and nothing outside the text is ever read.
 *
 * <p>The XHTML is well-formed XML in its namespace and without DOCTYPE. Its root has {@code lang},
 * its head a {@code title} and a {@code meta} named {@code description}; a {@code meta} named
 * {@code CreationDate} ({@code D:20261122101500Z}) dates the document, which else bears no date.
 * Headings, lists and tables (with {@code th scope}) become tags. An {@code svg} is drawn where it
 * stands; its {@code aria-label} is what a screen reader says. What a reference would have brought
 * (image, style sheet, font) is left out.
 */
public final class PdfDocument {
  private static final String DATE = "CreationDate";
  private static final String XHTML = "http://www.w3.org/1999/xhtml";
  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final Set<FSFontUseCase> EVERYWHERE =
      Set.of(FSFontUseCase.DOCUMENT, FSFontUseCase.SVG);

  /** All names of the one font; the last is what the renderer asks for when a page names none. */
  private static final List<String> FAMILIES = List.of("Liberation Sans", "sans-serif", "serif");

  /** A constant, since it becomes a part of the file's identifier; the rest of that is content. */
  private static final long DOCUMENT_ID = 1;

  static {
    // SECURITY: the renderer's messages quote what it renders, and that is a person's data.
    XRLog.setLoggingEnabled(false);
  }

  private PdfDocument() {}

  public static byte[] render(String xhtml) {
    Document page = parsed(xhtml);
    keepTheClockOut(page);
    PdfRendererBuilder builder = builder().withW3cDocument(page, "");
    NodeList svgs = page.getElementsByTagNameNS(SVG, "svg");
    if (svgs.getLength() == 0) {
      return rendered(builder);
    }
    for (int i = 0; i < svgs.getLength(); i++) {
      // The renderer knows the attribute of images alone.
      Element svg = (Element) svgs.item(i);
      svg.setAttribute("alt", svg.getAttribute("aria-label"));
    }
    try (BatikSVGDrawer drawings =
        new BatikSVGDrawer(SvgScriptMode.SECURE, SvgExternalResourceMode.SECURE)) {
      return rendered(builder.useSVGDrawer(drawings));
    }
  }

  private static byte[] rendered(PdfRendererBuilder builder) {
    try (PdfBoxRenderer renderer = builder.buildPdfRenderer();
        PDDocument document = renderer.createPDFKeepOpen()) {
      return bytes(document);
    } catch (IOException unwritten) {
      throw new UncheckedIOException("a PDF could not be written", unwritten);
    }
  }

  private static Document parsed(String xhtml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      // SECURITY: without a DOCTYPE there are no entities that could name files or grow.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(xhtml)));
    } catch (SAXException unreadable) {
      throw new IllegalArgumentException("expected well-formed XHTML without DOCTYPE", unreadable);
    } catch (ParserConfigurationException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The renderer would date an undated page by the clock; an empty date it leaves out. */
  private static void keepTheClockOut(Document page) {
    NodeList metas = page.getElementsByTagNameNS(XHTML, "meta");
    for (int i = 0; i < metas.getLength(); i++) {
      if (DATE.equals(((Element) metas.item(i)).getAttribute("name"))) {
        return;
      }
    }
    Element undated = page.createElementNS(XHTML, "meta");
    undated.setAttribute("name", DATE);
    undated.setAttribute("content", "");
    Node head = page.getElementsByTagNameNS(XHTML, "head").item(0);
    if (head == null) {
      throw new IllegalArgumentException("expected XHTML with a head, found none");
    }
    head.appendChild(undated);
  }

  private static PdfRendererBuilder builder() {
    PdfRendererBuilder builder = new PdfRendererBuilder();
    builder.usePdfAConformance(PdfAConformance.PDFA_2_A);
    builder.usePdfUaAccessibility(true);
    builder.useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
    builder.withProducer("Attestbro");
    for (String family : FAMILIES) {
      builder.useFont(font("Regular"), family, 400, FontStyle.NORMAL, true, EVERYWHERE);
      builder.useFont(font("Bold"), family, 700, FontStyle.NORMAL, true, EVERYWHERE);
    }
    // What the font cannot show is seen to be missing.
    builder.useReplacementText("\u25a1");
    // SECURITY: no reference is followed, neither to the network nor to a file of this machine.
    builder.useUriResolver((base, uri) -> null);
    for (ExternalResourceControlPriority when : ExternalResourceControlPriority.values()) {
      builder.useExternalResourceAccessControl((uri, type) -> false, when);
    }
    return builder;
  }

  private static FSSupplier<InputStream> font(String name) {
    return () ->
        Objects.requireNonNull(
            PdfDocument.class.getResourceAsStream("/liberation/LiberationSans-" + name + ".ttf"),
            name);
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    if (document.getDocumentInformation().getCreationDate() == null) {
      document.getDocumentInformation().getCOSObject().removeItem(COSName.CREATION_DATE);
    }
    document.setDocumentId(DOCUMENT_ID);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    document.save(bytes);
    return bytes.toByteArray();
  }
}
