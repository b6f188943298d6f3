// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.RemoteInstance.Reply;
import dev.mortise.itests.distribution.plugins.Careless;
import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers and instances notice when some or all instances of a service fail. */
final class RemoteFaultsIT {
    private static final Product PRODUCT = Product.find();
    private static final String SERVICE = "/api/v1/s/stock.versions/version";
    private static final String FINE = "{\"fine\":true}";
    private static final int UNREAD = 200;
    private static final int FEW = 8;
    private static final int PER_SECOND = 100;
    private static final int STORM_SECONDS = Integer.getInteger("test.storm.seconds", 10);
    /** Of requests that came, at most so many more may reach the instances, and three beside. */
    private static final double BUDGET = 1.2;

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    @AutoClose
    private static Container container;

    private static Client desk;

    private final List<RemoteInstance> instances = new ArrayList<>();
    private final List<RemoteLease> leases = new ArrayList<>();
    private final List<Heartbeats> heartbeats = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
        Operator.of(container)
                .install(plugin("desk").wants("stock.versions", "^1.0.0").jar().withClasses(Relay.class));
        Operator.of(container)
                .install(plugin("careless")
                        .wants("stock.versions", "^1.0.0")
                        .jar()
                        .withClasses(Careless.class));
        desk = PluginClients.of(container, "desk", "default");
    }

    @AfterEach
    void clear() {
        heartbeats.forEach(Heartbeats::close);
        leases.forEach(RemoteLease::deregister);
        instances.forEach(RemoteInstance::close);
    }

    @Test
    void aStormOfRetriesDoesNotReachInstancesThatAllFail() throws Exception {
        register(2);
        all(503);

        try (LoadClient load = LoadClient.start(PER_SECOND, Call.get(desk, SERVICE))) {
            after(STORM_SECONDS, load);
            LoadFigures figures = load.figures();
            assertThat(figures.failed()).as(figures.toString()).isEqualTo(figures.requests());
            assertThat(received()).isBetween(1, allowed(figures));

            all(200);

            awaitSuccess();
        }
    }

    @Test
    void oneOfThreeThatFailsIsLeftAlone() throws Exception {
        register(3);

        leavesAlone(() -> instances.get(0).answering(503, ""));
    }

    @Test
    void oneOfThreeThatIsGoneIsLeftAlone() throws Exception {
        register(3);

        leavesAlone(() -> instances.get(0).close());
    }

    @Test
    void theLastOneIsNeverLeftOut() throws Exception {
        register(3);

        try (LoadClient load = LoadClient.start(PER_SECOND, Call.get(desk, SERVICE))) {
            after(1, load);
            all(503);
            after(3, load);

            all(200);

            // sooner than the 30 s for which an instance is left out
            awaitSuccess();
            after(1, load);
            assertThat(desk.get(SERVICE).status()).isEqualTo(200);
        }
    }

    @Test
    void answersThatAPluginDoesNotReadHoldNoConnection() throws Exception {
        register(1);
        instances.get(0).answering(request -> Reply.chunked(404, "There is nothing here."));
        assertThat(counted(UNREAD)).isEqualTo("{404=" + UNREAD + "}");
        assertThat(connections()).isLessThan(FEW);

        // Longer than what is collected at once, so each holds its connection, but no longer than its handler runs.
        instances.get(0).answering(request -> Reply.chunked(200, "x".repeat(100_000)));
        for (int i = 0; i < 4; i++) {
            assertThat(counted(UNREAD / 5)).isEqualTo("{200=" + UNREAD / 5 + "}");
        }
        Wait.until("unread answers are given back", () -> connections() < FEW);
        assertThat(desk.get(SERVICE).status()).isEqualTo(200);
    }

    private static String counted(int times) {
        return container.client().get("/api/v1/p/careless/count?times=" + times).body();
    }

    private static double connections() {
        return MetricsPage.of(container).sum("mortise_hop_connections");
    }

    private void leavesAlone(Runnable fault) throws Exception {
        try (LoadClient load = LoadClient.start(PER_SECOND, Call.get(desk, SERVICE))) {
            after(1, load);
            assertThat(load.figures().failed()).as(load.figures().toString()).isZero();
            fault.run();
            after(2, load);
            LoadFigures before = load.figures();
            int asked = instances.get(0).count();

            after(3, load);

            LoadFigures figures = load.end();
            int requests = figures.requests() - before.requests();
            assertThat(requests).isGreaterThanOrEqualTo(3 * PER_SECOND);
            assertThat(100 * (figures.failed() - before.failed()))
                    .as(figures.toString())
                    .isLessThan(requests);
            assertThat(instances.get(0).count() - asked)
                    .as("asked of the one that fails")
                    .isLessThan(requests / 10);
        }
    }

    private void register(int count) throws Exception {
        Client announcer = RemoteLease.announcer(container, "stock");
        String manifest = plugin("stock")
                .offers("stock.versions", "1.0.0", "GET /version")
                .json();
        for (int i = 1; i <= count; i++) {
            RemoteInstance instance = RemoteInstance.start().answering(200, FINE);
            instances.add(instance);
            RemoteLease lease = RemoteLease.hold(
                    announcer,
                    "{\"baseUrl\":\"%s\",\"node\":\"n-%d\",\"manifest\":%s}"
                            .formatted(instance.baseUrl(), i, manifest));
            leases.add(lease);
            heartbeats.add(Heartbeats.of(lease));
        }
    }

    private void all(int status) {
        instances.forEach(instance -> instance.answering(status, FINE));
    }

    private int received() {
        return instances.stream().mapToInt(RemoteInstance::count).sum();
    }

    /** What is on its way while it is counted comes on top. */
    private static int allowed(LoadFigures figures) {
        return (int) (BUDGET * (figures.requests() + 8)) + 3;
    }

    private static void awaitSuccess() {
        Awaitility.await("a success")
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> desk.get(SERVICE).status() == 200);
    }

    /** Waits until the load has lasted so much longer. */
    private static void after(int seconds, LoadClient load) {
        int from = load.figures().requests();
        Awaitility.await(seconds + " s more")
                .atMost(Duration.ofSeconds(10L * seconds))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> load.figures().requests() - from >= seconds * PER_SECOND);
    }
}
