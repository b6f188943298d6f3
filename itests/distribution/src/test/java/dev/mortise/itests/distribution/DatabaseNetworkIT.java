// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database on another machine, and the network between. */
final class DatabaseNetworkIT {
    private static final Product PRODUCT = Product.find();

    @TempDir
    private Path folder;

    @Test
    void whatTheNetworkLosesIsLostToNobody() throws Exception {
        try (Container owner = Container.start(PRODUCT, folder.resolve("owner")).awaitReady()) {
            Postmaster server = Postmaster.of(owner);
            server.execute("CREATE DATABASE away OWNER mortise");
            int port = URI.create(EmbeddedDatabase.of(owner).url().substring("jdbc:".length()))
                    .getPort();
            try (Proxy network = new Proxy(port);
                    Container container = Container.start(PRODUCT, folder.resolve("home"), address(server, network))
                            .awaitReady()) {
                container.drop(PRODUCT.example("inventory"), "inventory.jar");
                container.awaitState("inventory", "READY");

                work(container, network);
            }
        }
    }

    private static Map<String, String> address(Postmaster server, Proxy network) throws Exception {
        return Map.of(
                "MORTISE_DB_URL", "jdbc:postgresql://127.0.0.1:" + network.port() + "/away",
                "MORTISE_DB_USER", "mortise",
                "MORTISE_DB_PASSWORD", server.password(1),
                "MORTISE_DATA_WAIT_SECONDS", "3",
                "MORTISE_DATA_STATEMENT_TIMEOUT_SECONDS", "3",
                "MORTISE_GATEWAY_DEADLINE_SECONDS", "10");
    }

    private static void work(Container container, Proxy network) throws Exception {
        StockKeeper keeper = StockKeeper.begin(container.client());
        try (keeper) {
            Wait.until("work is done", () -> keeper.taken() > 10);
            network.cut();
            goesOn(keeper, "cut");

            network.swallow();
            Wait.until("calls are refused", () -> keeper.refusals().containsKey("503 SERVICE_UNAVAILABLE"));
            Wait.until(
                    "health is red",
                    () -> container.anonymous().get("/health").body().contains("DOWN"));
            network.letThrough();
            goesOn(keeper, "silent");
        }
        System.out.println("answers beside 201: " + keeper.refusals());
        // a call that waits for a silent database may also reach its deadline
        assertThat(keeper.refusals().keySet()).isSubsetOf("503 SERVICE_UNAVAILABLE", "504 DEADLINE_EXCEEDED");
        assertThat(keeper.lost()).isEmpty();
    }

    private static void goesOn(StockKeeper keeper, String what) {
        long begin = System.nanoTime();
        int then = keeper.taken();
        Wait.until("work goes on after it was " + what, () -> keeper.taken() > then + 10);
        System.out.println("network " + what + ", calls are answered again after "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms");
    }
}
