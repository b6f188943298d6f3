// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.process.ProcessFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of the container's JVM 60 s after it was ready, standard edition; five containers idle together. */
final class IdleMemory {
    private static final Duration IDLE = Duration.ofSeconds(60);

    private IdleMemory() {}

    static void measure(Product product, Scratch scratch, Report report) throws Exception {
        List<Container> containers = new ArrayList<>();
        try {
            for (int run = 1; run <= 5; run++) {
                containers.add(
                        Container.start(product, scratch.home("memory" + run)).awaitReady());
            }
            Thread.sleep(IDLE.toMillis());
            List<Double> megabytes = new ArrayList<>();
            for (Container container : containers) {
                megabytes.add(new ProcessFigures(container.process().pid()).residentMegabytes());
            }
            report.figure("idle RSS after 60 s, standard", "MB", megabytes);
        } finally {
            for (Container container : containers) {
                container.close();
            }
        }
    }
}
