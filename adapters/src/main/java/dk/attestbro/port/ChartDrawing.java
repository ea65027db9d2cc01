package dk.attestbro.port;

/** Draws a chart for a page and for a document alike. */
@FunctionalInterface
public interface ChartDrawing {
  /**
   * The drawing as one {@code svg} element, well-formed whatever the labels are, without styles and
   * without references to anything outside it. Its {@code aria-label} is what the chart says. In it
   * every bar is a {@code rect} and the line is a {@code line}, so that a style sheet may colour
   * them. The same chart gives the same drawing.
   */
  String svg(ShareChart chart, Words words);

  /** How words are drawn. */
  enum Words {
    /** As {@code text}, which a style sheet may colour too; whoever shows it has the font. */
    TEXT,
    /** As outlines: whoever shows it needs no font. */
    OUTLINES
  }
}
