// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.EndpointBuilder.endpoint;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of a program elsewhere come in the pieces in which they are made. */
final class RemoteStreamsIT {
    private static final Product PRODUCT = Product.find();
    private static final String EVENTS = "/api/v1/s/ticks.stream/events";
    private static final Semaphore TICKS = new Semaphore(0);

    private static Container container;
    private static Client user;
    private static RemoteInstance remote;
    private static Heartbeats heartbeats;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
        remote = RemoteInstance.start().streaming("/events", RemoteStreamsIT::tick);
        String manifest = plugin("ticks")
                .offers("ticks.stream", "1.0.0", endpoint("GET /events").streaming())
                .json();
        heartbeats = Heartbeats.of(RemoteLease.hold(
                RemoteLease.announcer(container, "ticks"),
                "{\"baseUrl\":\"%s\",\"manifest\":%s}".formatted(remote.baseUrl(), manifest)));
        Operator.of(container)
                .install(plugin("desk").wants("ticks.stream", "^1.0.0").jar().withClasses(Relay.class));
        user = PluginClients.of(container, "desk", "default");
    }

    @AfterAll
    static void stop() throws Exception {
        TICKS.release(1_000);
        heartbeats.close();
        remote.close();
        container.close();
    }

    @Test
    void anEventArrivesBeforeTheNextOneIsMade() throws Exception {
        try (EventStream events = EventStream.open(user, EVENTS)) {
            assertThat(events.status()).isEqualTo(200);
            for (int i = 1; i <= 3; i++) {
                int made = i;
                TICKS.release();
                Wait.until("the event is here", () -> events.values("data").size() == made);
            }
        }
        // The client is gone, which the next event tells: nobody's place stays taken.
        Wait.until("its stream has ended", () -> {
            TICKS.release();
            return open() == 0;
        });
    }

    private static double open() {
        return MetricsPage.of(container).sum("mortise_streams_open", "plugin", "ticks");
    }

    private static void tick(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        try {
            while (TICKS.tryAcquire(60, TimeUnit.SECONDS)) {
                out.write("data: tick\n\n".getBytes(US_ASCII));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
