// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Product;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Runs every measurement, or those named as arguments, and prints a line for each figure. */
public final class Bench {
    private Bench() {}

    /** Measures; arguments are names of measurements: {@code start}, {@code memory}, {@code drop}. */
    public static void main(String[] names) throws Exception {
        List<String> wanted = names.length == 0 ? List.of("start", "memory", "drop") : List.of(names);
        PrintStream out = System.out;
        Report report = new Report(out);
        Product product = Product.find();
        report.machine();
        try (Scratch scratch = Scratch.make()) {
            if (wanted.contains("start")) {
                ColdStart.measure(product, warmHome(product, scratch), report);
            }
            if (wanted.contains("memory")) {
                IdleMemory.measure(product, scratch, report);
            }
            if (wanted.contains("drop")) {
                FirstAnswer.measure(product, scratch, report);
            }
        }
        report.machine();
    }

    /** Makes a home whose database exists, so that a start measures Mortise and not initdb. */
    private static Path warmHome(Product product, Scratch scratch) throws Exception {
        Path home = scratch.home("start");
        try (var container = dev.mortise.itests.harness.Container.start(product, home)) {
            container.awaitReady().terminate();
        }
        return home;
    }
}
