package dev.pushgate.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in columns that are as wide as what stands in them, two spaces apart. */
public final class Table {
  private final int columns;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.columns = headings.length;
    row(headings);
  }

  /**
   * Adds a row.
   *
   * @param cells as many as there are headings, without control characters
   */
  public void row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells in a table of " + columns);
    }
    rows.add(List.of(cells));
  }

  /** Prints the headings and all rows. */
  public void printTo(PrintWriter out) {
    List<Integer> widths =
        IntStream.range(0, columns)
            .mapToObj(
                column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toList();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
