// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Sharing;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of shared data as they come to plugins and over HTTP; each test has a namespace of its own. */
final class SharedWatchIT {
    private static final Product PRODUCT = Product.find();
    private static final String AREA = "/api/v1/shared-data/";

    private static Container container;
    private static Client desk;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        run(folder.resolve("home"));
    }

    private static void run(Path home) throws Exception {
        Map<String, String> environment = Map.of(
                "MORTISE_DATA_SHARED_STREAM_HEARTBEAT_SECONDS", "1",
                "MORTISE_DATA_SHARED_STREAMS_EACH", "2",
                "MORTISE_DATA_SHARED_WATCH_POLL_MS", "300",
                "MORTISE_HOST_LEAK_AFTER_S", "1",
                "MORTISE_HOST_LEAK_COLLECTION_EVERY_S", "1");
        container = Container.start(PRODUCT, home, environment).awaitReady();
        desk = bound("desk");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void sendsEventsAndGoesOnWhereTheClientLeft() throws Exception {
        Client stock = bound("stock");
        EventStream events = EventStream.open(stock, AREA + "watch?namespace=events&key=k");
        assertThat(events.status()).isEqualTo(200);

        set("events", "k", 1);
        set("events", "other", 1);
        set("events", "k", 2);
        Wait.until("both are told", () -> events.lines().toString().contains("\"version\":2"));
        desk.send("DELETE", AREA + "delete?namespace=events&key=k", "");
        Wait.until("it is told to be gone", () -> events.values("event").contains("deleted"));
        Wait.until("a heartbeat comes", () -> events.lines().contains(":"));
        assertThat(events.lines().toString()).doesNotContain("other");
        String last = events.values("id").get(events.values("id").size() - 1);
        events.close();

        set("events", "k", 7);
        EventStream again = EventStream.open(stock.with("Last-Event-ID", last), AREA + "watch?namespace=events&key=k");
        Wait.until("what was missed is told", () -> again.values("data")
                .contains("{\"namespace\":\"events\",\"key\":\"k\",\"version\":1,\"kind\":\"set\"}"));
        again.close();
    }

    @Test
    void hearsOfWhatAnybodyWritesToTheDatabase() throws Exception {
        EventStream events = EventStream.open(bound("reader"), AREA + "watch?namespace=far");

        EmbeddedDatabase.of(container).column("""
                INSERT INTO mortise.shared_data (tenant_id, namespace, key, owner_id, value, bytes, version, revision)
                VALUES ('default', 'far', 'far', 'stock', '1', 1, 1, nextval('mortise.shared_data_revision')) RETURNING key
                """);

        Wait.until("it is told", () -> events.lines().toString().contains("\"key\":\"far\""));
        events.close();
    }

    @Test
    void givesSoManyPlacesAndTakesThemBack() throws Exception {
        Client desk = bound("places");
        EventStream first = EventStream.open(desk, AREA + "watch?namespace=places");
        EventStream second = EventStream.open(desk, AREA + "watch?namespace=places");

        assertThat(desk.get(AREA + "watch?namespace=places").code()).isEqualTo("RATE_LIMITED");
        assertThat(bound("stock")
                        .send("HEAD", AREA + "watch?namespace=places", "")
                        .status())
                .isEqualTo(200);

        first.close();
        Wait.until("the place is free", () -> {
            EventStream next = EventStream.open(desk, AREA + "watch?namespace=places");
            next.close();
            return next.status() == 200;
        });
        second.close();
    }

    @Test
    void endsWithTheContainerWhichDoesNotWaitForIt() throws Exception {
        EventStream events = EventStream.open(bound("waiting"), AREA + "watch?namespace=ending");
        long begin = System.nanoTime();

        assertThat(container.terminate()).as(container.output()).isZero();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        Wait.until("the stream has ended", events::ended);
        assertThat(events.endedInOrder()).isTrue();
        run(container.home());
    }

    @Test
    void tellsPluginsUntilTheyAreRetired() throws Exception {
        Operator operator = Operator.of(container);
        operator.install(plugin("desk").jar().withClasses(Sharing.class));
        container.client().post("/api/v1/p/desk/shared/plugins/watch", "");

        set("plugins", "k", 1);
        Wait.until("it is told", () -> heard().equals("k:1:SET"));
        desk.send("DELETE", AREA + "delete?namespace=plugins&key=k", "");
        Wait.until("it is told to be gone", () -> heard().equals("k:1:SET k:1:DELETED"));

        operator.install(plugin("desk").version("1.1.0").jar().withClasses(Sharing.class));
        set("plugins", "k", 1);
        assertThat(heard()).isEmpty();
        Wait.until("the class loader of the retired version has gone", () -> Files.readString(
                        container.home().resolve("log/mortise.log"))
                .contains("plugin=desk 1.0.0 class loader collected after "));
    }

    private static String heard() {
        return container.client().get("/api/v1/p/desk/heard").body();
    }

    private static void set(String namespace, String key, int value) {
        String order = "{\"namespace\":\"%s\",\"key\":\"%s\",\"value\":%d}".formatted(namespace, key, value);
        assertThat(desk.post(AREA + "set", order).status()).isEqualTo(200);
    }

    private static Client bound(String plugin) {
        return PluginClients.of(container, plugin, "default");
    }
}
