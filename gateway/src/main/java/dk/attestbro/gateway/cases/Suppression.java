package dk.attestbro.gateway.cases;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which counts are not shown: those from 1 to 4, and as many others as it takes that none
 * of those follows from a sum that is shown.
 */
final class Suppression {
  /** The smallest count that is shown, but for 0. */
  static final long LEAST = 5;

  private final List<Map<String, Long>> rows;
  private final Set<Cell> hidden = new HashSet<>();

  private Suppression(List<Map<String, Long>> rows) {
    this.rows = rows;
  }

  /** A count: of which row, by which name. */
  record Cell(int row, String name) {}

  /** A count that is the sum of others. */
  record Sum(Cell total, List<Cell> parts) {
    Sum {
      parts = List.copyOf(parts);
    }
  }

  /** The cells that are not shown. */
  static Set<Cell> of(List<Map<String, Long>> rows, List<Sum> sums) {
    Suppression suppression = new Suppression(rows);
    suppression.hideSmall();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Sum sum : sums) {
        Optional<Cell> besides = suppression.besides(sum);
        besides.ifPresent(suppression.hidden::add);
        changed |= besides.isPresent();
      }
    }
    return suppression.hidden;
  }

  private void hideSmall() {
    for (int row = 0; row < rows.size(); row++) {
      for (Map.Entry<String, Long> count : rows.get(row).entrySet()) {
        if (count.getValue() > 0 && count.getValue() < LEAST) {
          hidden.add(new Cell(row, count.getKey()));
        }
      }
    }
  }

  /** What else must be hidden so that this sum tells nothing. */
  private Optional<Cell> besides(Sum sum) {
    List<Cell> hiddenParts = sum.parts().stream().filter(hidden::contains).toList();
    if (hidden.contains(sum.total())) {
      return hiddenParts.isEmpty() ? smallestShown(sum) : Optional.empty();
    }
    boolean tells =
        hiddenParts.size() == 1
            || (hiddenParts.size() > 1
                && hiddenParts.stream().mapToLong(this::count).sum() < LEAST);
    return tells ? smallestShown(sum).or(() -> Optional.of(sum.total())) : Optional.empty();
  }

  private Optional<Cell> smallestShown(Sum sum) {
    Stream<Cell> shown =
        sum.parts().stream().filter(cell -> count(cell) > 0 && !hidden.contains(cell));
    return shown.min(Comparator.comparingLong(this::count));
  }

  private long count(Cell cell) {
    return rows.get(cell.row()).getOrDefault(cell.name(), 0L);
  }
}
