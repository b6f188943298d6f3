// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Start of the process to the first 200 of {@code /health}, on a warm database, for both editions. */
final class ColdStart {
    private ColdStart() {}

    static void measure(Product product, Path home, Report report) throws Exception {
        for (String edition : List.of("minimal", "standard")) {
            List<Double> wall = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (int run = 0; run <= 5; run++) {
                long start = System.nanoTime();
                try (Container container = Container.start(product, home, "--edition", edition)) {
                    double millis = Clock.until(start, () -> Clock.healthy(container));
                    double seconds = new ProcessFigures(container.process().pid()).cpuSeconds();
                    if (run > 0) { // the first run warms the page cache
                        wall.add(millis);
                        cpu.add(seconds);
                    }
                }
            }
            report.figure("cold start to first 200, " + edition + ", wall", "ms", wall);
            report.figure("cold start to first 200, " + edition + ", CPU", "s", cpu);
        }
    }
}
