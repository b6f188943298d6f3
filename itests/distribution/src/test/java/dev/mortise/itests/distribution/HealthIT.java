// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Nurse;
import dev.mortise.itests.distribution.plugins.Nursed;
import dev.mortise.itests.distribution.plugins.Quitting;
import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.distribution.plugins.Versions;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.VersionedRoutes;
import dev.mortise.testkit.PluginJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running plugin's health check says decides whether it is called; the bounds are ten times what is promised. */
@Tag("timed")
final class HealthIT {
    private static final Product PRODUCT = Product.find();
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final int SWITCHES = 7;
    private static final String STOCK = "/api/v1/p/stock/version";
    private static final String DESK = "/api/v1/p/desk/relay";

    @AutoClose
    private static Container container;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        container = Container.start(PRODUCT, home.resolve("home")).awaitReady();
    }

    @BeforeEach
    void deploy() throws Exception {
        drop("nurse", plugin("nurse").jar().withClasses(Nurse.class));
        container.awaitState("nurse", "READY");
        finds("OK");
        drop(
                "stock",
                plugin("stock")
                        .offers("stock.versions", "1.0.0", "GET /version")
                        .jar()
                        .withClasses(Versions.class, VersionedRoutes.class, Nursed.class)
                        .withEntry("version", "1.0.0"));
        drop("desk", plugin("desk").wants("stock.versions", "^1.0.0").jar().withClasses(Relay.class));
        container.awaitState("stock", "READY");
        container.awaitState("desk", "READY");
    }

    @AfterEach
    void clear() throws Exception {
        finds("OK");
        Leftovers.clear(container);
    }

    @Test
    void aPluginThatIsCriticalIsNotCalledUntilItIsWellAgain() {
        finds("CRITICAL");
        Answer refused = await(STOCK, 503);
        assertThat(refused.code()).isEqualTo("PLUGIN_NOT_READY");
        assertThat(refused.json().path("detail").asText())
                .contains("Plugin 'stock' is UNAVAILABLE: the nurse says CRITICAL.");
        assertThat(status()).isEqualTo("UNAVAILABLE");
        Answer relayed = container.client().get(DESK);
        assertThat(relayed.status()).as(relayed.body()).isEqualTo(503);
        assertThat(relayed.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(relayed.json().path("detail").asText())
                .startsWith("Service unavailable: stock.versions: plugin 'stock' is WAITING since ")
                .contains("Last seen ");

        finds("OK");
        await(STOCK, 200);
        assertThat(status()).isEqualTo("HEALTHY");
        assertThat(container.client().get(DESK).status()).isEqualTo(200);
    }

    @Test
    void aPluginThatWarnsIsDegradedAndCalled() {
        finds("WARN");
        container.awaitState("stock", "DEGRADED");

        assertThat(container.client().get(STOCK).status()).isEqualTo(200);
        assertThat(container.client().get(DESK).status()).isEqualTo(200);
        assertThat(status()).isEqualTo("DEGRADED");
        assertThat(Operator.of(container).plugin("stock").path("reason").asText())
                .isEqualTo("Plugin 'stock' is DEGRADED: the nurse says WARN.");

        finds("OK");
        container.awaitState("stock", "READY");
    }

    @Test
    void aPluginWhoseCheckDoesNotAnswerIsNotCalledUntilItDoes() {
        finds("SILENT");
        assertThat(await(STOCK, 503).json().path("detail").asText())
                .contains("Plugin 'stock' is UNAVAILABLE: its health check did not answer within 2 s.");

        finds("OK");
        await(STOCK, 200);
    }

    @Test
    void eachSwitchIsSeenInTime() {
        List<Long> down = new ArrayList<>();
        List<Long> up = new ArrayList<>();
        for (int i = 0; i < SWITCHES; i++) {
            down.add(timeUntil("CRITICAL", 503));
            up.add(timeUntil("OK", 200));
        }

        print("out of routing", down);
        print("back in routing", up);
        assertThat(Stream.concat(down.stream(), up.stream())).allMatch(millis -> millis < 10 * PROMISED.toMillis());
    }

    @Test
    void aPluginThatStopsItselfIsOutOfRoutingBeforeItHasEnded() throws Exception {
        drop(
                "quitter",
                plugin("quitter")
                        .jar()
                        .withClasses(Quitting.class)
                        .withHeader("Bundle-Activator", Quitting.class.getName()));
        container.awaitState("quitter", "READY");
        assertThat(container.client().get("/api/v1/p/quitter/presence").status())
                .isEqualTo(200);

        long from = System.nanoTime();
        assertThat(container.client().post("/api/v1/p/quitter/quit", "").status())
                .isEqualTo(200);
        Answer refused = await("/api/v1/p/quitter/presence", 503);

        print("out of routing once it stops itself", List.of((System.nanoTime() - from) / 1_000_000));
        assertThat(refused.json().path("detail").asText())
                .contains("Plugin 'quitter' was stopped from outside Mortise.");
        finds("CRITICAL");
        container.awaitState("quitter", "FAILED");
    }

    private static long timeUntil(String finding, int status) {
        finds(finding);
        long from = System.nanoTime();
        await(STOCK, status);
        return (System.nanoTime() - from) / 1_000_000;
    }

    private static void finds(String status) {
        Answer answer = container.client().post("/api/v1/p/nurse/finding/" + status, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static Answer await(String path, int status) {
        return Awaitility.await(path + " answers " + status)
                .atMost(PROMISED.multipliedBy(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> container.client().get(path), answer -> answer.status() == status);
    }

    /** Answers what the registry says of the service. */
    private static String status() {
        var services = container.admin().get("/api/v1/services/list").json().path("services");
        for (var service : services) {
            if (service.path("serviceName").asText().equals("stock.versions")) {
                return service.path("status").asText();
            }
        }
        return "";
    }

    private void drop(String id, PluginJar jar) throws Exception {
        container.drop(jar.writeTo(folder.resolve(id + ".jar")), id + ".jar");
    }

    private static void print(String what, List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        System.out.printf(
                "%s: median %d ms, max %d ms of %d%n",
                what, sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), sorted.size());
    }
}
