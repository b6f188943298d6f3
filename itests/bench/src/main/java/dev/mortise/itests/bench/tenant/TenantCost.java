// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.tenant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.itests.bench.Duel;
import dev.mortise.itests.bench.EmbeddedServer;
import dev.mortise.itests.bench.Report;
import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.bench.plugins.Rows;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What it costs that a query sees the rows of one tenant: the same query on the same rows through a plain pool, whose
 * connections have the same limits of time.
 */
public final class TenantCost {
    private static final long MILLIS = 3_000;

    private final Container container;
    private final Rows plain;

    private TenantCost(Container container, Rows plain) {
        this.container = container;
        this.plain = plain;
    }

    /** Measures. */
    public static void measure(Product product, Scratch scratch, Report report) throws Exception {
        Path home = scratch.home("tenant");
        RowsPlugin.write(Files.createDirectories(home.resolve("plugins")));
        try (Container container = Container.start(product, home).awaitReady()) {
            container.awaitServing(RowsPlugin.ID, "1.0.0");
            container.admin().post("/api/v1/tenants", "{\"slug\":\"other\"}");
            container.client().post(path("fill"), "");
            try (HikariDataSource pool = pool(EmbeddedServer.of(home))) {
                TenantCost cost = new TenantCost(container, new Rows(pool, "p_rows.p_rows__plain"));
                cost.measure(report, "same", "one tenant");
                cost.measure(report, "alternating", "two tenants by turns");
            }
        }
    }

    private void measure(Report report, String route, String work) throws Exception {
        new Duel(report, work).fight("DataSource", () -> perSecond(route), "plain pool", this::plainPerSecond);
    }

    private double perSecond(String route) {
        Answer answer = container.client().get(path(route + "/" + MILLIS));
        if (answer.status() != 200) {
            throw new IllegalStateException("Reading failed: " + answer.body() + container.output());
        }
        return answer.json().path("perSecond").asDouble();
    }

    private double plainPerSecond() throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        long begin = System.nanoTime();
        long done = 0;
        while (System.nanoTime() < end) {
            plain.read(done++ % Rows.COUNT);
        }
        return done * 1e9 / (System.nanoTime() - begin);
    }

    private static HikariDataSource pool(EmbeddedServer server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(4);
        // What Mortise sets for every plugin, tenants or not: each costs the driver or the server something per
        // statement.
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
                        + " -c client_connection_check_interval=1000");
        config.addDataSourceProperty("socketTimeout", "60");
        return new HikariDataSource(config);
    }

    private static String path(String below) {
        return "/api/v1/p/" + RowsPlugin.ID + "/" + below;
    }
}
