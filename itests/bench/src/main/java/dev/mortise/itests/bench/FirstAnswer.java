// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rename of a jar into the watched folder to the first 200 of its route, with and without a first migration. */
final class FirstAnswer {
    private FirstAnswer() {}

    static void measure(Product product, Scratch scratch, Report report) throws Exception {
        Path home = scratch.home("drop");
        try (Container container = Container.start(product, home).awaitReady()) {
            report.figure("drop to first 200", "ms", drops(container, scratch, "plain", false));
            report.figure("drop to first 200, first migration", "ms", drops(container, scratch, "migrating", true));
        }
    }

    private static List<Double> drops(Container container, Scratch scratch, String name, boolean migrates)
            throws Exception {
        List<Double> millis = new ArrayList<>();
        Client client = container.client();
        for (int run = 0; run <= 5; run++) {
            String id = name + "-" + run;
            Path jar = new HelloJar(id, migrates).write(scratch.folder().resolve(id + ".jar"));
            long start = System.nanoTime();
            container.drop(jar, id + ".jar");
            double took = Clock.until(start, () -> Clock.answers(client, "/api/v1/p/" + id + "/hello"));
            if (run > 0) { // the first one loads the classes of a deployment
                millis.add(took);
            }
        }
        return millis;
    }
}
