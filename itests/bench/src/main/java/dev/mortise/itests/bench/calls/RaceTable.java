// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints what contestants did, each with its ratio to the first one. */
record RaceTable(PrintStream out) {
    /** Lets them race and prints the medians of the runs; beside ratios stand the least and the greatest one. */
    void print(String title, List<Lane> lanes) throws IOException {
        List<List<Stretch>> runs = new Race(lanes).run();
        out.printf("%n%s%n", title);
        out.printf(
                "  %-36s %9s %9s %9s %11s %11s %22s %22s%n",
                "", "answers/s", "p50 µs", "p99 µs", "server µs", "client µs", "answers ÷ first", "server CPU ÷ first");
        for (int lane = 0; lane < lanes.size(); lane++) {
            int number = lane;
            List<Stretch> own = runs.stream().map(run -> run.get(number)).toList();
            out.printf(
                    Locale.ROOT,
                    "  %-36s %9.0f %9.0f %9.0f %11.1f %11.1f %22s %22s%n",
                    lanes.get(lane).name(),
                    median(own, Stretch::perSecond),
                    median(own, stretch -> stretch.micros().percentile(50)),
                    median(own, stretch -> stretch.micros().percentile(99)),
                    median(own, Stretch::serverMicros),
                    median(own, Stretch::clientMicros),
                    ratio(runs, lane, Stretch::perSecond),
                    ratio(runs, lane, Stretch::serverMicros));
        }
    }

    private static String ratio(List<List<Stretch>> runs, int lane, ToDoubleFunction<Stretch> figure) {
        List<Double> sorted = runs.stream()
                .map(run -> figure.applyAsDouble(run.get(lane)) / figure.applyAsDouble(run.get(0)))
                .sorted()
                .toList();
        return String.format(
                Locale.ROOT,
                "%.3f (%.3f–%.3f)",
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    private static double median(List<Stretch> runs, ToDoubleFunction<Stretch> figure) {
        List<Double> sorted = runs.stream().map(figure::applyAsDouble).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
