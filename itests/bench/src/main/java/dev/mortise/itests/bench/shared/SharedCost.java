// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.shared;

import dev.mortise.itests.bench.Report;
import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shared data in a plugin beside bare JDBC: one thread each, the same statements on the same server, in turns. The ratio of
 * a turn is that of neighbours in time, so what else the machine does falls on both.
 */
public final class SharedCost {
    private static final int TURNS = 5;
    private static final long MILLIS = Long.getLong("bench.shared.millis", 4_000);

    private final Container container;
    private final BareShared bare;
    private final Report report;

    private SharedCost(Container container, BareShared bare, Report report) {
        this.container = container;
        this.bare = bare;
        this.report = report;
    }

    /** Measures. */
    public static void measure(Product product, Scratch scratch, Report report) throws Exception {
        Path home = scratch.home("shared");
        SharedPlugin.write(Files.createDirectories(home.resolve("plugins")));
        try (Container container = Container.start(product, home).awaitReady()) {
            container.awaitServing(SharedPlugin.ID, "1.0.0");
            try (BareShared bare = BareShared.open(home, dataBundle(product))) {
                for (String operation : List.of("get", "set", "cas")) {
                    new SharedCost(container, bare, report).measure(operation);
                }
            }
        }
    }

    private void measure(String operation) throws Exception {
        List<Double> shared = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn <= TURNS; turn++) {
            double mine = perSecond(operation);
            double theirs = bare.perSecond(operation, MILLIS);
            if (turn > 0) { // the first one loads and compiles
                shared.add(mine);
                plain.add(theirs);
                ratios.add(mine / theirs);
            }
        }
        report.figure("shared data, " + operation, "/s", shared);
        report.figure("bare JDBC, " + operation, "/s", plain);
        report.figure(
                "shared data of bare JDBC, " + operation,
                "%",
                ratios.stream().map(ratio -> ratio * 100).toList());
        report.machine();
    }

    private double perSecond(String operation) {
        Answer answer = container.client().get("/api/v1/p/" + SharedPlugin.ID + "/shared/" + operation + "/" + MILLIS);
        if (answer.status() != 200) {
            throw new IllegalStateException("Shared data failed: " + answer.body() + container.output());
        }
        return answer.json().path("perSecond").asDouble();
    }

    private static Path dataBundle(Product product) throws IOException {
        try (Stream<Path> files = Files.walk(product.root().resolve("bundles/dev.mortise.data/target"), 1)) {
            return files.filter(file -> file.getFileName().toString().matches("dev\\.mortise\\.data-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The data bundle is not built."));
        }
    }
}
