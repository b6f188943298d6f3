// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.shared;

import dev.mortise.itests.bench.Duel;
import dev.mortise.itests.bench.Report;
import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Shared data in a plugin beside bare JDBC: the same statements on the same server. */
public final class SharedCost {
    private static final int ROUNDS = 4;

    private static final long MILLIS = Long.getLong("bench.shared.millis", 1_500);

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
        new Duel(report, operation, ROUNDS)
                .fight("shared data", () -> perSecond(operation), "bare JDBC", () -> bare.perSecond(operation, MILLIS));
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
