package dk.attestbro.port;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Shares beside one another and beside one line, as they are to be drawn.
 *
 * @param said in words what the drawing shows, for whoever does not see it
 * @param line from 0 to 1, where the line stands
 * @param lineLabel what stands at the line
 */
public record ShareChart(String said, List<Bar> bars, double line, String lineLabel) {
  public ShareChart {
    bars = List.copyOf(bars);
  }

  /**
   * One bar.
   *
   * @param label whose it is
   * @param share from 0 to 1; of none, and of nought, there is no bar
   * @param figure the share as it is told, or what stands for one that is not told
   */
  public record Bar(String label, OptionalDouble share, String figure) {}
}
