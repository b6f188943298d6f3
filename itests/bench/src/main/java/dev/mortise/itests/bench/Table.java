// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Medians of several contestants side by side, each with its ratio to the first one. */
final class Table {
    private final PrintStream out;
    private final List<String> contestants = new ArrayList<>();
    private final Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    Table(PrintStream out) {
        this.out = out;
    }

    /** Adds what was measured of one contestant; a row is shown as soon as it is known, in case the rest fails. */
    void add(String what, String unit, String contestant, List<Double> runs) {
        List<Double> sorted = runs.stream().sorted().toList();
        double median = sorted.get(sorted.size() / 2);
        if (!contestants.contains(contestant)) {
            contestants.add(contestant);
        }
        String row = unit.isEmpty() ? what : what + ", " + unit;
        rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(contestant, median);
        out.printf(Locale.ROOT, "  %s: %s %.1f (of %d)%n", contestant, row, median, sorted.size());
    }

    /** Adds a sentence about what could not be measured. */
    void note(String sentence) {
        notes.add(sentence);
        out.println("  " + sentence);
    }

    /** Prints the table; beside each figure how many times the first contestant's it is. */
    void print() {
        StringBuilder head = new StringBuilder(String.format("%-62s", ""));
        contestants.forEach(name -> head.append(String.format("%20s", name)));
        out.println(head);
        rows.forEach((what, figures) -> {
            StringBuilder line = new StringBuilder(String.format("%-62s", what));
            Optional<Double> first = Optional.ofNullable(figures.get(contestants.get(0)));
            contestants.forEach(name -> line.append(cell(Optional.ofNullable(figures.get(name)), first)));
            out.println(line);
        });
        notes.forEach(out::println);
    }

    private static String cell(Optional<Double> figure, Optional<Double> first) {
        if (figure.isEmpty()) {
            return String.format("%20s", "-");
        }
        String ratio = first.filter(value -> value > 0)
                .map(value -> String.format(Locale.ROOT, " (%.2f)", figure.get() / value))
                .orElse("");
        return String.format(Locale.ROOT, "%20s", String.format(Locale.ROOT, "%.1f%s", figure.get(), ratio));
    }
}
