// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.tenant;

import dev.mortise.itests.bench.Duel;
import dev.mortise.itests.bench.EmbeddedServer;
import dev.mortise.itests.bench.Report;
import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What it costs that a query sees the rows of one tenant: the same query on the same rows through a plain pool in the
 * same process, whose connections have the same limits of time.
 */
public final class TenantCost {
    /** Where the system runs the two ends of a connection is chance, and holds for a request or two. */
    private static final int ROUNDS = 2;

    private static final long MILLIS = 3_000;

    private final Container container;

    private TenantCost(Container container) {
        this.container = container;
    }

    /** Measures. */
    public static void measure(Product product, Scratch scratch, Report report) throws Exception {
        Path home = scratch.home("tenant");
        RowsPlugin.write(Files.createDirectories(home.resolve("plugins")));
        try (Container container = Container.start(product, home).awaitReady()) {
            container.awaitServing(RowsPlugin.ID, "1.0.0");
            container.admin().post("/api/v1/tenants", "{\"slug\":\"other\"}");
            container.client().post(path("fill"), "");
            EmbeddedServer server = EmbeddedServer.of(home);
            container.client().post(path("pool"), String.join("\n", server.url(), server.user(), server.password()));
            TenantCost cost = new TenantCost(container);
            cost.measure(report, "same", "one tenant");
            cost.measure(report, "alternating", "two tenants by turns");
        }
    }

    private void measure(Report report, String route, String work) throws Exception {
        new Duel(report, work, ROUNDS)
                .fight("DataSource", () -> perSecond(route), "plain pool", () -> perSecond("plain"));
    }

    private double perSecond(String route) {
        Answer answer = container.client().get(path(route + "/" + MILLIS));
        if (answer.status() != 200) {
            throw new IllegalStateException("Reading failed: " + answer.body() + container.output());
        }
        return answer.json().path("perSecond").asDouble();
    }

    private static String path(String below) {
        return "/api/v1/p/" + RowsPlugin.ID + "/" + below;
    }
}
