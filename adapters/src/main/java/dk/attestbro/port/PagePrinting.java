package dk.attestbro.port;

/** Makes a document to file and to print of a page of XHTML, readable for everyone. */
@FunctionalInterface
public interface PagePrinting {
  /** The page as PDF; the same page gives the same bytes. */
  byte[] pdf(String xhtml);
}
