// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.port.PluginTools.Source;
import dev.mortise.mcp.tool.ToolServers.Order;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.TestJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SDK's client against a server that is a function. */
final class ServerClientsTest {
    private static final TenantId ACME = new TenantId("acme");

    private final Json json = TestJson.factory().verbatim();
    private final FakeServer server = new FakeServer();
    private final AtomicInteger tooLong = new AtomicInteger();
    private final AtomicBoolean served = new AtomicBoolean(true);
    private final ServerClients clients = new ServerClients(
            new Roads(
                    () -> Optional.of(server),
                    Optional::empty,
                    Optional::empty,
                    json,
                    Duration.ofSeconds(30),
                    AnswerLimit.ofKilobytes(1, tooLong::incrementAndGet)),
            json,
            "1.0.0",
            new ServerLimits(1, Duration.ofHours(1), 4, Duration.ofSeconds(30), 50),
            (tenant, plugin) -> served.get());

    @AfterEach
    void end() {
        clients.close();
    }

    private static Source plugin(String url) {
        return new Source(
                PluginBuilder.plugin("shop")
                        .with("mcp", Map.of("external", List.of(Map.of("id", "far", "url", url))))
                        .manifest(),
                new Digest("0".repeat(64)),
                1,
                false);
    }

    private List<Map<String, Object>> list(String url) {
        return clients.list(ACME, plugin(url), "far").toCompletableFuture().join();
    }

    private String fault(String url) {
        CompletionException fault = catchThrowableOfType(CompletionException.class, () -> list(url));
        return String.valueOf(fault.getCause().getMessage());
    }

    @Test
    void agreesOnceAndSpeaksInThatSession() {
        assertThat(clients.of(plugin("https://x.org/mcp"))).containsExactly("far");

        assertThat(list("https://x.org/mcp?a=b").get(0))
                .containsEntry("name", "add")
                .containsEntry("title", "Add");
        Map<String, Object> answer = clients.call(
                        ACME, plugin("https://x.org/mcp?a=b"), new Order("far", "add", Map.of("a", 1)))
                .toCompletableFuture()
                .join();

        assertThat(answer.get("content").toString()).contains("type=text", "text=42");
        assertThat(server.sent)
                .containsExactly(
                        "POST /mcp?a=b initialize session=- version=-",
                        "POST /mcp?a=b notifications/initialized session=s-1 version=2025-06-18",
                        "POST /mcp?a=b tools/list session=s-1 version=2025-06-18",
                        "POST /mcp?a=b tools/call session=s-1 version=2025-06-18");
    }

    @Test
    void readsEventsUpToTheAnswer() {
        server.events = true;

        assertThat(list("https://x.org/mcp")).hasSize(1);
    }

    @Test
    void hearsThatThereAreOtherToolsAndAsksNobodyForThem() {
        List<String> heard = new CopyOnWriteArrayList<>();
        clients.whenChanged((tenant, plugin) -> heard.add(tenant.value() + " " + plugin.value()));
        server.events = true;

        list("https://x.org/mcp");

        assertThat(heard).as("with both answers").containsExactly("acme shop", "acme shop");
        assertThat(server.sent)
                .filteredOn(request -> request.contains("tools/list"))
                .hasSize(1);
        assertThat(server.sent).noneMatch(request -> request.startsWith("GET"));
    }

    @Test
    void listensToOneThatPromisesToSaySo() {
        List<String> heard = new CopyOnWriteArrayList<>();
        clients.whenChanged((tenant, plugin) -> heard.add(tenant.value() + " " + plugin.value()));
        server.promises = true;

        list("https://x.org/mcp");

        Awaitility.await().until(() -> heard.contains("acme shop"));
        assertThat(server.sent).contains("GET /mcp null session=s-1 version=2025-06-18");
    }

    @Test
    void saysWhyItDoesNotGoAndBeginsAnew() {
        assertThat(fault("http://169.254.169.254/mcp")).isEqualTo("No call goes there.");
        server.status = 307;
        assertThat(fault("https://x.org/mcp")).contains("no redirect is followed");
        server.status = 401;
        assertThat(fault("https://x.org/mcp")).contains("refuses the credential");
        server.status = 200;
        assertThat(list("https://x.org/mcp")).hasSize(1);
        assertThat(server.closed.get()).as("those that failed").isEqualTo(2);
    }

    private CompletableFuture<Map<String, Object>> call(String tool) {
        return clients.call(ACME, plugin("https://x.org/mcp"), new Order("far", tool, Map.of()))
                .toCompletableFuture();
    }

    @Test
    void whatAServerRefusesBreaksNoConnection() {
        assertThatThrownBy(() -> call("refused").join()).hasMessageContaining("It says: a is missing");

        call("add").join();

        assertThat(server.sent.stream().filter(one -> one.contains("initialize ")))
                .hasSize(1);
        assertThat(server.closed.get()).isZero();
    }

    @Test
    void aConnectionThatFailsIsClosedWhenItsOtherCallsAreAnswered() {
        list("https://x.org/mcp");
        CompletableFuture<Map<String, Object>> slow = call("slow");
        Awaitility.await().until(() -> server.sent.stream().anyMatch(one -> one.contains("tools/call")));

        server.status = 500;
        assertThatThrownBy(() -> call("add").join()).hasMessageContaining("It answered 500.");
        server.status = 200;
        assertThat(server.closed.get()).as("somebody waits for an answer").isZero();
        server.slow.countDown();

        assertThat(slow.join().get("content").toString()).contains("text=42");
        Awaitility.await().until(() -> server.closed.get() == 1);
    }

    @Test
    void asksForNoMorePagesThanAreOffered() {
        server.endless = true;

        assertThat(list("https://x.org/mcp")).hasSize(51);
    }

    @Test
    void takesNoLongerAnswerThanThereMayBe() {
        server.padding = " ".repeat(2000);
        assertThat(fault("https://x.org/mcp")).contains("Its answer has more than 1024 bytes (servers.answer.max.kb).");
        server.events = true;
        assertThat(fault("https://x.org/mcp")).contains("more than 1024 bytes");

        assertThat(tooLong).hasValue(2);
    }

    @Test
    void aConnectionEndsWithItsPlugin() {
        list("https://x.org/mcp");

        served.set(false);

        Awaitility.await().until(() -> server.closed.get() == 1);
    }

    @Test
    void theConnectionThatIsUnusedForTheLongestTimeMakesPlace() {
        list("https://x.org/mcp");
        clients.list(new TenantId("other"), plugin("https://x.org/mcp"), "far")
                .toCompletableFuture()
                .join();

        assertThat(server.closed.get()).isEqualTo(1);
    }
}
