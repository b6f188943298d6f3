// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a database does to those who work with it, and what their callers are told: 503 or right, and never lost. */
final class DatabaseFaultsIT {
    private static final String PRODUCTS = StockKeeper.PRODUCTS;
    private static final String AREA = "/api/v1/shared-data/";
    private static final int ROUNDS = Integer.getInteger("test.faults", 2);
    private static final Duration PAUSE = Duration.ofSeconds(Integer.getInteger("test.pause.seconds", 3));
    private static final int HTTP_THREADS = 60;
    private static final String PLUGINS = "^m[0-9a-f]{8}_";

    @AutoClose
    private static Container container;

    private static Postmaster postmaster;
    private static Client client;
    private static PipedShell shell;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Map<String, String> environment = Map.of(
                "MORTISE_POSTGRES_EMBEDDED_MAX_CONNECTIONS", "40",
                "MORTISE_DATA_CONNECTIONS", "30",
                "MORTISE_DATA_WAIT_SECONDS", "2",
                "MORTISE_DATA_TOKEN_WAIT_SECONDS", "3",
                "MORTISE_DATA_LOCK_TIMEOUT_SECONDS", "1",
                "MORTISE_HTTP_THREADS", String.valueOf(HTTP_THREADS));
        container = Container.start(Product.find(), folder.resolve("home"), environment, "--shell")
                .awaitReady();
        container.drop(Product.find().example("inventory"), "inventory.jar");
        container.awaitState("inventory", "READY");
        shell = new PipedShell(container);
        client = container.client();
        postmaster = Postmaster.of(container);
    }

    @AfterEach
    void isWellAgain() {
        Wait.until("it takes products again", () -> take().status() == 201);
        Wait.until("it says so", () -> health("UP"));
    }

    @Test
    void aKilledServerComesBackAndNothingThatWasTakenIsLost() throws Exception {
        StockKeeper keeper = StockKeeper.begin(client);
        try (keeper) {
            for (int round = 0; round < ROUNDS; round++) {
                int before = keeper.taken();
                Wait.until("work is done", () -> keeper.taken() > before + 10);
                postmaster.signal("KILL");
                Wait.until("the server is back", DatabaseFaultsIT::connects);
                long back = System.nanoTime();
                int then = keeper.taken();
                Wait.until("work goes on", () -> keeper.taken() > then);
                assertThat(System.nanoTime() - back).isLessThan(TimeUnit.SECONDS.toNanos(3));
                print("database is back, calls are answered again", back);
            }
        }

        assertOnlyUnavailable(keeper);
        assertThat(keeper.lost()).isEmpty();
    }

    @Test
    void aConnectionThatIsEndedCostsTheCallsOnIt() throws Exception {
        StockKeeper keeper = StockKeeper.begin(client);
        try (keeper) {
            for (int round = 0; round < 10 * ROUNDS; round++) {
                int before = keeper.taken();
                Wait.until("work is done", () -> keeper.taken() > before + 2);
                postmaster.disconnect(PLUGINS);
            }
        }

        assertOnlyUnavailable(keeper);
        assertThat(keeper.lost()).isEmpty();
    }

    /** Tells whether it does; its file is not there while it begins. */
    private static boolean connects() {
        try (Connection connection = postmaster.connectAsCore()) {
            return connection.isValid(1);
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    private static void assertOnlyUnavailable(StockKeeper keeper) {
        System.out.println("answers beside 201: " + keeper.refusals());
        assertThat(keeper.refusals().keySet()).isSubsetOf("503 SERVICE_UNAVAILABLE", "503 PLUGIN_NOT_READY");
    }

    @Test
    void aServerThatFallsSilentHoldsNoThreadsAndIsSeen() throws Exception {
        take();
        Threads threads = Threads.watch(container.process());
        postmaster.signalAll("STOP");
        try (threads) {
            long begin = System.nanoTime();
            Wait.until("health is red", () -> health("DOWN"));
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(10));
            // a token that was looked up just now is known for a little while
            Wait.until("tokens can't be looked up", () -> take().body().contains("Tokens can't be looked up"));

            Burst burst = Burst.of(50, DatabaseFaultsIT::take);

            assertThat(burst.statuses()).containsOnly(503);
            assertThat(burst.millis().get(44))
                    .describedAs("millis of all but those that try: refused at once")
                    .isLessThan(2_000);
            assertThat(Burst.of(3 * HTTP_THREADS, DatabaseFaultsIT::take).statuses())
                    .containsOnly(503);
            assertThat(container.anonymous().get("/health/live").status()).isEqualTo(200);
            System.out.println("threads before and at most: " + threads);
            assertThat(threads.more())
                    .as("threads more than before, of which http may have this many")
                    .isLessThanOrEqualTo(HTTP_THREADS);
        } finally {
            postmaster.signalAll("CONT");
        }
    }

    @Test
    void whenOthersTookAllConnectionsCallersAreAskedToComeAgain() throws Exception {
        List<Connection> taken = new ArrayList<>();
        try (Connection superuser = postmaster.connect()) {
            Wait.until("none is left to plugins", () -> {
                takeAll(taken);
                superuser
                        .createStatement()
                        .execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename ~ '"
                                + PLUGINS + "'");
                takeAll(taken);
                return take().status() != 201;
            });

            Answer refused = take();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.json().path("detail").asText()).contains("can't be reached");
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    private static void takeAll(List<Connection> taken) throws Exception {
        try {
            while (taken.size() < 100) {
                taken.add(postmaster.connectAsCore());
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("53300");
        }
    }

    @Test
    void aPasswordThatSomebodyChangedIsNamed() throws Exception {
        postmaster.execute("ALTER ROLE mortise PASSWORD 'other'");
        try {
            postmaster.disconnect("^mortise$");

            // not over HTTP: a token that can't be looked up shows nobody details
            Wait.until("health names it", () -> shell.type("health")
                    .contains("password authentication failed for user \"mortise\""));
        } finally {
            postmaster.execute("ALTER ROLE mortise PASSWORD '" + postmaster.password(1) + "'");
        }
    }

    @Test
    void aPluginsPasswordThatSomebodyChangedIsSetAgain() throws Exception {
        String role = EmbeddedDatabase.of(container).pluginRoles().stream()
                .filter(name -> name.endsWith("_inventory_app"))
                .findFirst()
                .orElseThrow();
        postmaster.execute("ALTER ROLE " + role + " PASSWORD 'other'");

        postmaster.disconnect(PLUGINS);

        Wait.until("it takes products again", () -> take().status() == 201);
    }

    @Test
    void aValueThatIsHeldForTooLongIsToBeAskedForAgain() throws Exception {
        Client plugin = container.anonymous().token(pluginToken());
        String set = "{\"namespace\":\"hot\",\"key\":\"k\",\"value\":1}";
        assertThat(plugin.post(AREA + "set", set).status()).isEqualTo(200);
        try (Connection holder = postmaster.connect()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("SELECT FROM mortise.shared_data WHERE namespace = 'hot' FOR UPDATE");

            Answer busy = plugin.post(AREA + "set", set);

            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.code()).isEqualTo("SERVICE_UNAVAILABLE");
            assertThat(busy.headers().firstValue("Retry-After")).isPresent();
            assertThat(busy.json().path("detail").asText()).contains("is busy", "Try again");
            holder.rollback();
        }
        assertThat(plugin.post(AREA + "set", set).status()).isEqualTo(200);
    }

    /**
     * As a machine that was asleep, or a collection that took for ever: the database's clock went on. What ends by it has
     * ended, what does not has not, and what others take for gone meanwhile is said again.
     */
    @Test
    void aContainerThatStoodStillGoesOnByTheServersClock() throws Exception {
        Client plugin = container.anonymous().token(pluginToken());
        EmbeddedDatabase database = EmbeddedDatabase.of(container);
        plugin.post(AREA + "set", "{\"namespace\":\"nap\",\"key\":\"short\",\"value\":1,\"ttl\":2}");
        plugin.post(AREA + "set", "{\"namespace\":\"nap\",\"key\":\"long\",\"value\":1,\"ttl\":600}");
        Instant begin = now(database);
        String pid = Long.toString(container.process().pid());
        Postmaster.kill(List.of("kill", "-STOP", pid));
        try {
            await().atMost(PAUSE.plusSeconds(30)).until(() -> now(database).isAfter(begin.plus(PAUSE)));
        } finally {
            Postmaster.kill(List.of("kill", "-CONT", pid));
        }

        assertThat(plugin.get(AREA + "get?namespace=nap&key=short").status()).isEqualTo(404);
        assertThat(plugin.get(AREA + "get?namespace=nap&key=long").status()).isEqualTo(200);
        Wait.until("it takes products", () -> take().status() == 201);
        Wait.until("it tells what it runs", () -> database.column("SELECT plugin_id FROM mortise.running_plugin"
                        + " WHERE until > clock_timestamp() AND plugin_id = 'inventory'")
                .equals(List.of("inventory")));
    }

    private static Instant now(EmbeddedDatabase database) {
        return Instant.ofEpochMilli(
                Long.parseLong(database.column("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                        .get(0)));
    }

    private static String pluginToken() {
        return container
                .admin()
                .post("/api/v1/tokens", "{\"kind\":\"plugin\",\"plugin\":\"inventory\",\"tenant\":\"default\"}")
                .json()
                .path("token")
                .asText();
    }

    private static Answer take() {
        return client.post(
                PRODUCTS, "{\"name\":\"0\",\"sku\":\"" + System.nanoTime() + "\",\"price\":1,\"quantity\":1}");
    }

    private static boolean health(String status) {
        return container
                .anonymous()
                .get("/health")
                .json()
                .path("status")
                .asText()
                .equals(status);
    }

    private static void print(String what, long begin) {
        System.out.println(what + " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms");
    }
}
