// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestGateway.call;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolResult;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.PluginTools.Question;
import dev.mortise.kernel.port.PluginTools.Source;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.port.MemoryMeters;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ToolCallsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Question WHICH = new Question.WhichTools();

    private final Tool who = Tool.of(
            "who",
            "Says who",
            "{\"type\":\"object\"}",
            call -> ToolResult.text(
                    call.context().identity().id() + " " + call.context().hop()));

    private static String said(TestGateway gateway, String plugin, Question question) throws Exception {
        return gateway.tools
                .ask(call(FakeAccess.ALICE), new PluginId(plugin), question)
                .toCompletableFuture()
                .join()
                .body()
                .text();
    }

    private static ErrorCode refusal(TestGateway gateway, String plugin, Question question) {
        CompletionException fault =
                catchThrowableOfType(CompletionException.class, () -> said(gateway, plugin, question));
        return ((MortiseException) fault.getCause()).code();
    }

    private static Question order(String tool, String... permissions) {
        return new Question.CallTool(Set.of(permissions), Body.of("{\"toolName\":\"" + tool + "\",\"arguments\":{}}"));
    }

    @Test
    void asksAPluginAndCallsItInItsContext() throws Exception {
        try (TestGateway gateway = TestGateway.open(plugin("talker").withTools(who))) {
            assertThat(said(gateway, "talker", WHICH)).contains("\"name\":\"who\"", "\"type\":\"object\"");
            assertThat(said(gateway, "talker", order("who"))).contains("\"text\":\"alice 0\"");
            assertThat(said(gateway, "talker", order("nothing"))).contains("NOT_FOUND");
        }
    }

    @Test
    void noClientsPathLeadsToATool() {
        try (TestGateway gateway = TestGateway.open(plugin("talker").withTools(who))) {
            FakeExchange exchange = gateway.send(
                    FakeExchange.get("/api/v1/p/talker/mcp/list-tools").as("alice"));

            assertThat(exchange.status()).isEqualTo(404);
        }
    }

    @Test
    void knowsOnlyWhatTheTenantHasAndWhatServes() {
        OpenTenantPlugins standings = new OpenTenantPlugins().stand("acme", "hidden", Standing.ABSENT);
        try (TestGateway gateway = TestGateway.open(
                plugin("talker").withTools(who),
                plugin("hidden").withTools(who),
                plugin("silent"),
                plugin("waiting").withTools(who).in(PluginState.WAITING, "It waits."))) {
            gateway.neighbours.bindTenantPlugins(standings);

            List<Source> sources = gateway.tools.sources(ACME);

            assertThat(sources)
                    .extracting(source -> source.manifest().id() + " " + source.tools())
                    .containsExactly("silent false", "talker true");
            assertThat(refusal(gateway, "hidden", order("who"))).isEqualTo(ErrorCode.PLUGIN_NOT_FOUND);
            assertThat(refusal(gateway, "nobody", order("who"))).isEqualTo(ErrorCode.PLUGIN_NOT_FOUND);
            assertThat(refusal(gateway, "waiting", order("who"))).isEqualTo(ErrorCode.PLUGIN_NOT_READY);
        }
    }

    @Test
    void aCallNeedsThePermissionsOfTheTool() throws Exception {
        try (TestGateway gateway = TestGateway.open(plugin("talker").withTools(who))) {
            assertThat(said(gateway, "talker", order("who", "inventory.read"))).contains("alice");
            assertThat(refusal(gateway, "talker", order("who", "talker.secret")))
                    .isEqualTo(ErrorCode.PERMISSION_DENIED);
            assertThat(gateway.tools.may(call(FakeAccess.ALICE), new PluginId("talker"), Set.of("talker.secret")))
                    .isFalse();
        }
    }

    @Test
    void whatIsRegisteredElsewhereIsAskedThere() throws Exception {
        try (TestGateway gateway = TestGateway.open()) {
            FakeRemote.Program program = gateway.remote.at(
                    "http://10.0.0.7:9000", request -> Response.of(200, "application/json", Body.of("{\"tools\":[]}")));
            gateway.registry.register(Announced.by(
                    "remote:1",
                    "far",
                    Optional.of(plugin("far")
                            .endpoint("GET", "/version")
                            .offers("far.versions", "1.0.0")
                            .manifest()),
                    "http://10.0.0.7:9000",
                    false));

            assertThat(gateway.tools.sources(ACME))
                    .extracting(source -> source.manifest().id().value())
                    .containsExactly("far");
            assertThat(said(gateway, "far", WHICH)).isEqualTo("{\"tools\":[]}");
            said(gateway, "far", order("who"));
            assertThat(program.targets()).containsExactly("GET /mcp/list-tools", "POST /mcp/call-tool");
        }
    }

    @Test
    void longerAnswersThanThereMayBeAreRefusedWhereverTheyComeFrom() throws Exception {
        Tool talks = Tool.of("talks", "Much", "{\"type\":\"object\"}", call -> ToolResult.text("x".repeat(2000)));
        MemoryMeters meters = new MemoryMeters();
        try (TestGateway gateway = TestGateway.open(plugin("talker").withTools(talks, who))) {
            gateway.neighbours.bindMeters(meters);
            gateway.remote.at(
                    "http://10.0.0.7:9000",
                    request -> Response.of(
                            200, "application/json", Body.writing(sink -> sink.write(new byte[1 + (1 << 10)]))));
            gateway.registry.register(Announced.by(
                    "remote:1",
                    "far",
                    Optional.of(plugin("far")
                            .endpoint("GET", "/version")
                            .offers("far.versions", "1.0.0")
                            .manifest()),
                    "http://10.0.0.7:9000",
                    false));
            assertThat(said(gateway, "talker", order("talks"))).contains("xxx");

            gateway.toolAnswers.bound(1);

            assertThat(refusal(gateway, "talker", order("talks"))).isEqualTo(ErrorCode.SERVICE_FAILED);
            assertThat(refusal(gateway, "far", order("talks"))).isEqualTo(ErrorCode.SERVICE_FAILED);
            assertThat(said(gateway, "talker", order("who"))).contains("alice");
            assertThat(meters.of("mortise.tool.answers.refused"))
                    .containsEntry("mortise.tool.answers.refused{plugin=talker}", 1L)
                    .containsEntry("mortise.tool.answers.refused{plugin=far}", 1L);
        }
    }

    @Test
    void otherToolsHaveAnotherNumber() {
        TestPlugin talker = plugin("talker").withTools(who);
        try (TestGateway gateway = TestGateway.open(talker)) {
            long first = gateway.tools.sources(ACME).get(0).stamp();

            gateway.put(talker.in(PluginState.DEGRADED, "A cold."));
            assertThat(gateway.tools.sources(ACME).get(0).stamp()).isEqualTo(first);

            gateway.put(talker.withTools());
            assertThat(gateway.tools.sources(ACME).get(0).stamp()).isNotEqualTo(first);
        }
    }

    /** Takes so many places until it is told to leave them. */
    private record Slow(CountDownLatch inside, CountDownLatch leave) {
        Slow(int calls) {
            this(new CountDownLatch(calls), new CountDownLatch(1));
        }

        Tool tool() {
            return Tool.of("slow", "Waits", "{\"type\":\"object\"}", call -> {
                inside.countDown();
                leave.await();
                return ToolResult.text("done");
            });
        }

        void begin(TestGateway gateway, int calls) throws InterruptedException {
            for (int i = 0; i < calls; i++) {
                var unused = gateway.tools.ask(call(FakeAccess.ALICE), new PluginId("talker"), order("slow"));
            }
            inside.await();
        }
    }

    @Test
    void thePlacesOfThePluginAreThoseOfItsToolsToo() throws Exception {
        Slow slow = new Slow(2);
        try (TestGateway gateway = new TestGateway(Settings.of(TestConfig.with(Map.of("bulkhead_calls", 2))))) {
            gateway.routing.open();
            gateway.put(plugin("talker").withTools(slow.tool(), who));
            slow.begin(gateway, 2);

            assertThat(refusal(gateway, "talker", order("who"))).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            slow.leave().countDown();
        }
    }

    @Test
    void moreThanMayWaitForAPluginAreRefused() throws Exception {
        Slow slow = new Slow(4);
        try (TestGateway gateway = TestGateway.open(plugin("talker").withTools(slow.tool(), who))) {
            // four run in the lane of this plugin, and four may wait
            slow.begin(gateway, 4);
            for (int i = 0; i < 4; i++) {
                var unused = gateway.tools.ask(call(FakeAccess.ALICE), new PluginId("talker"), order("who"));
            }

            assertThat(refusal(gateway, "talker", order("who"))).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            slow.leave().countDown();
        }
    }
}
