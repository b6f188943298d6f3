// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Prints figures as medians with their spread. */
public record Report(PrintStream out) {
    /** Prints what the machine is and how busy. */
    public void machine() throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).strip();
        out.printf(
                "machine: %d processors, JDK %s, load %s%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), load);
    }

    /** Prints one figure. */
    public void figure(String name, String unit, List<Double> runs) {
        List<Double> sorted = runs.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "%-58s median %8.1f %-3s (min %.1f, max %.1f, n=%d)%n",
                name,
                sorted.get(sorted.size() / 2),
                unit,
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }
}
