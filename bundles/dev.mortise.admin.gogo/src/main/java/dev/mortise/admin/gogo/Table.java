// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Columns as wide as their content. Too wide together, the last one gives way first, down to its heading, then the widest;
 * what is cut ends in an ellipsis.
 */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Makes a table with these headings. */
    Table(String... headings) {
        row(headings);
    }

    /** Adds a row with as many cells as there are headings. */
    Table row(String... cells) {
        rows.add(Arrays.stream(cells).map(Escape::text).toList());
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** Answers the rows, none longer than the width. */
    String text(Width width) {
        int[] widths = widths(width);
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private int[] widths(Width width) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> length(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        int surplus = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - width.columns();
        int last = widths.length - 1;
        int least = length(rows.get(0).get(last));
        for (; surplus > 0; surplus--) {
            widths[widths[last] > least ? last : widest(widths)]--;
        }
        return widths;
    }

    private static int widest(int[] widths) {
        return IntStream.range(0, widths.length)
                .reduce((a, b) -> widths[b] > widths[a] ? b : a)
                .orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> fit(row.get(column), widths[column]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String fit(String cell, int width) {
        int length = length(cell);
        return length <= width
                ? cell + " ".repeat(width - length)
                : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
