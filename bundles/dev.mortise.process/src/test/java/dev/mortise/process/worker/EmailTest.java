// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Surface;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.testkit.call.TestJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example plugin, as it is shipped. */
class EmailTest {
    private static final Path SOURCE = Path.of("../examples/email/src/main/resources");
    private static final Optional<String> ACME = Optional.of("acme");

    @TempDir
    Path home;

    private House house;
    private WorkerFleet fleet;
    private Surface surface;

    @BeforeEach
    void start() throws Exception {
        house = new House(home, new TestSettings());
        fleet = house.fleet(
                new PluginId("email"),
                House.tenants("node", "email.js"),
                Map.of(
                        "plugin.json", Files.readString(SOURCE.resolve("plugin.json")),
                        "worker/email.js", Files.readString(SOURCE.resolve("worker/email.js"))));
        surface = fleet.start(ACME).get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        house.close();
        assertThat(house.supplies.out).isEmpty();
    }

    private Map<?, ?> call(String method, String path, Object body, int status) throws Exception {
        Response answer = house.send(fleet, "email", "acme", method, path, body);
        assertThat(answer.status()).isEqualTo(status);
        return TestJson.lenient().read(answer.body().text(), Map.class);
    }

    @Test
    void tellsItsRoutesAndTools() {
        assertThat(surface.routes())
                .containsExactly(new WorkerFleet.Route("POST", "/messages"), new WorkerFleet.Route("GET", "/messages"));
        assertThat(surface.tools()).singleElement().asString().contains("\"name\":\"send_email\"");
    }

    @Test
    void sendsMail() throws Exception {
        Map<?, ?> sent = call("POST", "/messages", Map.of("to", "a@example.org", "subject", "Hi"), 201);
        call("POST", "/messages", Map.of("to", "nobody"), 400);
        fleet.update("acme", new TenantPart(Map.of("from", "shop@example.org"), Optional.empty()))
                .get(30, TimeUnit.SECONDS);
        call(
                "POST",
                "/mcp/call-tool",
                Map.of("toolName", "send_email", "arguments", Map.of("to", "b@x", "subject", "2")),
                200);
        call("POST", "/mcp/call-tool", Map.of("toolName", "other", "arguments", Map.of()), 404);

        Map<?, ?> list = call("GET", "/messages", "", 200);

        assertThat(list.get("total")).isEqualTo(2);
        assertThat(((List<?>) list.get("data")).get(0)).isEqualTo(sent.get("data"));
        assertThat(((Map<?, ?>) ((List<?>) list.get("data")).get(1)).get("from"))
                .isEqualTo("shop@example.org");
        call("GET", "/nothing", "", 404);
    }

    @Test
    void judgesCredentials() throws Exception {
        TenantPart good = new TenantPart(Map.of(), Optional.of(new Auth("api-key", Map.of("apiKey", "k"))));
        TenantPart bad = new TenantPart(Map.of(), Optional.empty());

        assertThat(fleet.validateAuth("acme", good)
                        .get(30, TimeUnit.SECONDS)
                        .orElseThrow()
                        .valid())
                .isTrue();
        assertThat(fleet.validateAuth("acme", bad)
                        .get(30, TimeUnit.SECONDS)
                        .orElseThrow()
                        .message())
                .contains("An API key is missing.");
    }

    @Test
    void answersNobodyButTheContainer() throws Exception {
        URI base = URI.create("http://127.0.0.1:" + fleet.workers().get(0).port());
        HttpClient client = HttpClient.newHttpClient();
        for (String token : List.of(
                "", "a.b.c", house.token("email", "acme").replaceFirst(".$", "x"), house.token("shop", "acme"))) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/messages"))
                    .header("X-Mortise-Token", token)
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
        }
        assertThat(client.send(HttpRequest.newBuilder(base.resolve("/health")).build(), BodyHandlers.ofString())
                        .body())
                .contains("\"status\":\"ok\"");
    }

    @Test
    void endsWhenItIsTold() throws Exception {
        long pid = fleet.workers().get(0).pid().orElseThrow();
        long begin = System.nanoTime();

        fleet.retire().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(4);
    }
}
