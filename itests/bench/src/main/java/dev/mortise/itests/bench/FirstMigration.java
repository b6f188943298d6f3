// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rename of a jar into the watched folder to the first 200 of its route, with a first migration. */
final class FirstMigration {
    private FirstMigration() {}

    static void measure(Product product, Scratch scratch, Report report) throws Exception {
        List<Double> millis = new ArrayList<>();
        try (Container container =
                Container.start(product, scratch.home("migration")).awaitReady()) {
            for (int run = 0; run <= 5; run++) {
                String id = "migrating-" + run;
                Path jar = GeneratedPlugin.of(id, "1.0.0")
                        .migrating()
                        .write(scratch.folder().resolve(id + ".jar"));
                long start = System.nanoTime();
                container.drop(jar, id + ".jar");
                double took =
                        Clock.until(start, () -> Clock.status(container.client(), GeneratedPlugin.route(id)) == 200);
                if (run > 0) { // the first one loads the classes of a deployment
                    millis.add(took);
                }
            }
        }
        report.figure("drop to first 200, first migration", "ms", millis);
    }
}
