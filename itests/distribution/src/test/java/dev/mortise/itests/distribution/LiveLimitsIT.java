// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.distribution.plugins.Sluggish;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that are edited in etc/ count for the next request, and nothing else changes. */
final class LiveLimitsIT {
    private static final Product PRODUCT = Product.find();
    private static final String MIRROR = "/api/v1/p/mirror";

    @AutoClose
    private static Container container;

    private static Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        client = container.client();
        Operator operator = Operator.of(container);
        operator.install(plugin("mirror").jar().withClasses(Mirror.class));
        operator.install(plugin("sluggish").jar().withClasses(Sluggish.class));
    }

    @AfterEach
    void restore() throws Exception {
        write("gateway", "");
        write("http", "");
        Wait.until(
                "limits as at the start",
                () -> client.get(MIRROR + "/hit?a=1&b=2").status() == 200 && length(3_000_000) == 200);
    }

    @Test
    void theNextRequestOnTheSameConnectionMeetsTheNewLimits() throws Exception {
        String port = Files.readString(container.home().resolve("data/http-port"));
        String registered = container.admin().get("/api/v1/plugins").body();
        try (RawConnection connection = RawConnection.to(client)) {
            String request = RawConnection.get(client, MIRROR + "/hit?a=1&b=2");
            assertThat(connection.send(request).read().status()).isEqualTo(200);

            write("gateway", "query.max.parameters = 1\n");
            write("http", "body.max.mb = 2\n");

            Wait.until(
                    "the new limit of parameters",
                    () -> connection.send(request).read().status() == 400);
            Wait.until("the new limit of bodies", () -> length(3_000_000) == 413);
            assertThat(length(1_000_000)).isEqualTo(200);
        }
        assertThat(Files.readString(container.home().resolve("data/http-port"))).isEqualTo(port);
        assertThat(container.admin().get("/api/v1/plugins").body()).isEqualTo(registered);
    }

    @Test
    void whatIsUnderWayStaysCounted() throws Exception {
        CompletableFuture<String> held = CompletableFuture.supplyAsync(
                () -> client.get("/api/v1/p/sluggish/hang").body());
        Wait.until(
                "it hangs",
                () -> client.get("/api/v1/p/sluggish/hanging").body().equals("1"));

        write("gateway", "bulkhead.calls = 1\ndeadline.seconds = 2\n");
        Wait.until(
                "it is full",
                () -> client.get("/api/v1/p/sluggish/count").code().equals("SERVICE_UNAVAILABLE"));

        write("gateway", "deadline.seconds = 2\n");
        Wait.until(
                "there are places again",
                () -> client.get("/api/v1/p/sluggish/count").status() == 200);
        assertThat(MetricsPage.of(container).sum("mortise_calls_in_flight", "plugin", "sluggish"))
                .isEqualTo(1);
        assertThat(client.get("/api/v1/p/sluggish/hang").code()).isEqualTo("DEADLINE_EXCEEDED");
        // The one before came with the time that there was then.
        assertThat(held).isNotDone();
        client.get("/api/v1/p/sluggish/release");
        assertThat(held.get(60, TimeUnit.SECONDS)).isEqualTo("released");
    }

    @Test
    void aFaultIsNamedAndNothingChanges() throws Exception {
        write("gateway", "query.max.parameters = none\n");
        logged(
                "Key 'query.max.parameters' in '",
                "/etc/gateway.properties' is 'none', but must be a positive whole number");

        write("gateway", "query.max.parameter = 1\n");
        logged("Unknown key 'query.max.parameter'", "The nearest legal key is 'query.max.parameters'");

        write("gateway", "query.max.parameters = 1\ndeadline.seconds = 400\n");
        logged("deadline.seconds must be positive and at most deadline.limit.seconds", "stay as they were");
        assertThat(client.get(MIRROR + "/hit?a=1&b=2").status()).isEqualTo(200);
    }

    @Test
    void whatNeedsAStartIsNamed() throws Exception {
        write("http", "host = 0.0.0.0\nthreads = 7\n");

        logged("http.host changed; it counts from the next start on");
        logged("http.threads changed; it counts from the next start on");
        assertThat(client.get(MIRROR + "/hit").status()).isEqualTo(200);
    }

    private static int length(int bytes) {
        return client.post(MIRROR + "/length", "text/plain", new byte[bytes]).status();
    }

    private static void logged(String... words) {
        Wait.until(
                "a line of the log with " + String.join(" and ", words),
                () -> Files.readAllLines(container.home().resolve("log/mortise.log")).stream()
                        .anyMatch(line -> Arrays.stream(words).allMatch(line::contains)));
    }

    private static void write(String concern, String text) throws IOException {
        Files.writeString(container.home().resolve("etc/" + concern + ".properties"), text);
    }
}
