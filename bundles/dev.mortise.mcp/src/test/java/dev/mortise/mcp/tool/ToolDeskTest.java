// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import static dev.mortise.mcp.tool.FakePlugins.answer;
import static dev.mortise.mcp.tool.FakePlugins.refusal;
import static dev.mortise.testkit.call.ContextBuilder.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginTools.Source;
import dev.mortise.testkit.call.TestJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ToolDeskTest {
    private static final String ECHO = "[{\"name\":\"echo\",\"description\":\"Says it\",\"oops\":1,"
            + "\"inputSchema\":{\"type\":\"object\",\"required\":[\"text\"]}}]";
    private static final ToolLimits LIMITS = new ToolLimits(
            Duration.ofMillis(50), Duration.ofHours(1), Duration.ofHours(1), 10, 2, Duration.ofMillis(50));

    private final FakePlugins plugins = new FakePlugins();
    private final Tally tally = new Tally(() -> 0, () -> 0);
    private final ToolDesk desk = desk(LIMITS);

    private ToolDesk desk(ToolLimits limits) {
        return desk(limits, ToolServers.NONE);
    }

    private ToolDesk desk(ToolLimits limits, ToolServers servers) {
        return new ToolDesk(
                plugins,
                servers,
                TestJson.factory().verbatim(),
                schema -> document -> document.contains("text") ? List.of() : List.of("'text' is missing."),
                limits,
                tally);
    }

    /** Nobody's servers, which say that they have other tools. */
    private static final class SayingServers implements ToolServers {
        private BiConsumer<TenantId, PluginId> listener = (tenant, plugin) -> {};

        @Override
        public void whenChanged(BiConsumer<TenantId, PluginId> told) {
            listener = told;
        }

        @Override
        public List<String> of(Source plugin) {
            return List.of();
        }

        @Override
        public CompletionStage<List<Map<String, Object>>> list(TenantId tenant, Source plugin, String server) {
            throw new AssertionError("there is none");
        }

        @Override
        public CompletionStage<Map<String, Object>> call(TenantId tenant, Source plugin, Order order) {
            throw new AssertionError("there is none");
        }

        @Override
        public void close() {
            // there is nothing
        }
    }

    private static Call call(String... permissions) {
        return (Call) context().user("ann", permissions).build();
    }

    private List<String> names(String... permissions) {
        return desk.list(call(permissions)).stream()
                .map(tool -> String.valueOf(tool.get("name")))
                .toList();
    }

    @Nested
    class Lists {
        @Test
        void namesAreThoseOfPluginAndToolAndOnlyWhatBelongsThereIsTold() {
            plugins.with("shop", 1, ECHO);

            Map<String, Object> tool = desk.list(call("*")).get(0);

            assertThat(tool)
                    .containsOnlyKeys("name", "description", "inputSchema")
                    .containsEntry("name", "shop_echo");
        }

        @Test
        void whoMayNotCallAToolDoesNotSeeIt() {
            plugins.with(
                    "shop",
                    1,
                    "[{\"name\":\"a\",\"inputSchema\":{\"type\":\"object\"}},"
                            + "{\"name\":\"b\",\"inputSchema\":{\"type\":\"object\"},\"permissions\":[\"shop.b\"]}]");

            assertThat(names()).isEmpty();
            assertThat(names("plugin.shop.tools")).containsExactly("shop_a");
            assertThat(names("shop.b")).containsExactly("shop_b");
        }

        @Test
        void areAskedForOnceUntilThePluginIsAnotherOne() {
            plugins.with("shop", 1, ECHO);
            names();
            names();
            assertThat(plugins.asked).hasSize(1);

            plugins.with("shop", 2, "[]");
            assertThat(names("*")).isEmpty();
            assertThat(plugins.asked).hasSize(2);
        }

        @Test
        void areAskedForAgainWhenAServerSaysThatItHasOthers() {
            SayingServers servers = new SayingServers();
            ToolDesk hearing = desk(LIMITS, servers);
            TenantId tenant = call().tenant().orElseThrow();
            plugins.with("shop", 1, ECHO);
            hearing.list(call("*"));
            List<Long> before = hearing.mark(tenant);

            servers.listener.accept(tenant, new PluginId("shop"));

            assertThat(hearing.mark(tenant))
                    .as("what clients that listen are told by")
                    .isNotEqualTo(before);
            hearing.list(call("*"));
            assertThat(plugins.asked).hasSize(2);
        }

        @Test
        @Timeout(5)
        void oneThatFailsOrIsSlowCostsItsOwnToolsAlone() {
            plugins.with("bad", 1, "[]")
                    .listing("bad", refusal(ErrorCode.SERVICE_UNAVAILABLE))
                    .with("odd", 1, "[]")
                    .listing("odd", answer(500, "{}"))
                    .with("slow", 1, "[]")
                    .listing("slow", new CompletableFuture<>())
                    .with("shop", 1, ECHO);

            assertThat(names("*")).containsExactly("shop_echo");
            assertThat(names("*")).containsExactly("shop_echo");
            assertThat(plugins.asked)
                    .as("those that failed are left alone for a while")
                    .hasSize(4);
        }

        @Test
        @Timeout(10)
        void aFaultOfOursIsNotKept() {
            plugins.with("shop", 1, ECHO).listing("shop", FakePlugins.answer(200, "[1]"));
            names();
            plugins.with("shop", 1, ECHO).listing("shop", null);
            ToolDesk other = desk(LIMITS);
            assertThatThrownBy(() -> other.list(call("*"))).hasRootCauseInstanceOf(NullPointerException.class);

            plugins.with("shop", 1, ECHO);
            assertThat(other.list(call("*"))).hasSize(1);
        }

        @Test
        void whatNoClientTakesIsLeftOut() {
            plugins.with(
                    "shop",
                    1,
                    "[{\"name\":\"a\",\"inputSchema\":{}},{\"name\":1},{\"inputSchema\":{\"type\":\"object\"}},1,"
                            + "{\"name\":\"b\",\"inputSchema\":{\"type\":\"object\"}},"
                            + "{\"name\":\"b\",\"inputSchema\":{\"type\":\"object\"}},"
                            + "{\"name\":\"c\",\"inputSchema\":{\"type\":\"object\"}},"
                            + "{\"name\":\"d\",\"inputSchema\":{\"type\":\"object\"}}]");

            assertThat(names("*")).containsExactly("shop_b", "shop_c");
        }

        @Test
        void aMarkIsAnotherOneForOtherToolsAlone() {
            TenantId tenant = TenantId.DEFAULT;
            plugins.with("shop", 1, ECHO);
            names();
            List<Long> mark = desk.mark(tenant);
            names();
            assertThat(desk.mark(tenant)).isEqualTo(mark);

            plugins.with("shop", 2, ECHO);
            assertThat(desk.mark(tenant)).isNotEqualTo(mark);
            plugins.without("shop");
            assertThat(desk.mark(tenant)).isEmpty();
        }
    }

    @Nested
    class Calls {
        private Answer call(String name, Map<String, ?> arguments) {
            return desk.call(ToolDeskTest.call("plugin.shop.tools"), name, arguments);
        }

        private String text(Answer answer) {
            return ((Answer.Result) answer).content().toString();
        }

        @Test
        void reachThePluginUnderItsOwnName() {
            plugins.with("shop", 1, ECHO).calling(content -> answer(200, "{\"content\":[" + content + "]}"));

            Answer answer = call("shop_echo", Map.of("text", "1.10"));

            assertThat(text(answer)).contains("toolName=echo", "text=1.10");
            assertThat(((Answer.Result) answer).failed()).isFalse();
        }

        @Test
        void ofUnknownAndForeignToolsAreTheSame() {
            plugins.with("shop", 1, ECHO).calling(content -> answer(404, "{\"code\":\"NOT_FOUND\"}"));

            for (String name : List.of("shop_other", "nobody_echo", "echo", "", "shop", "Shop_echo", "a/b_c")) {
                assertThat(call(name, Map.of("text", ""))).isEqualTo(new Answer.Unknown(name));
            }
            assertThat(call("shop_echo", Map.of("text", ""))).isEqualTo(new Answer.Unknown("shop_echo"));
            plugins.asked.clear();
            names();
            assertThat(plugins.asked)
                    .as("a list that does not hold is asked for again")
                    .hasSize(1);
            plugins.calling(content -> refusal(ErrorCode.PLUGIN_NOT_FOUND));
            assertThat(call("shop_echo", Map.of("text", ""))).isInstanceOf(Answer.Unknown.class);
        }

        @Test
        void whoMayNotIsToldWhatItNeeds() {
            plugins.with("shop", 1, ECHO);

            Answer answer = desk.call(ToolDeskTest.call("other"), "shop_echo", Map.of("text", ""));

            assertThat(answer).isInstanceOf(Answer.Denied.class);
            assertThat(((Answer.Denied) answer).sentence()).contains("'ann'", "plugin.shop.tools");
            assertThat(plugins.asked).as("only its list").hasSize(1);
        }

        @Test
        void argumentsThatDoNotKeepToTheSchemaDoNotReachThePlugin() {
            plugins.with("shop", 1, ECHO);

            Answer answer = call("shop_echo", Map.of());

            assertThat(text(answer)).contains("'text' is missing.");
            assertThat(((Answer.Result) answer).failed()).isTrue();
            assertThat(plugins.asked).hasSize(1);
        }

        @Test
        @Timeout(5)
        void whatGoesWrongIsAResultForTheModel() {
            plugins.with("shop", 1, ECHO).calling(content -> answer(500, "{\"detail\":\"It broke.\"}"));
            assertThat(text(call("shop_echo", Map.of("text", "")))).contains("It broke.", "isError=true");

            plugins.calling(content -> refusal(ErrorCode.SERVICE_UNAVAILABLE));
            assertThat(text(call("shop_echo", Map.of("text", "")))).contains("failed: ", "isError=true");

            plugins.calling(content -> new CompletableFuture<>());
            assertThat(text(call("shop_echo", Map.of("text", "")))).contains("did not answer within", "isError=true");
        }

        @Test
        void anAnswerThatIsNoResultIsText() {
            plugins.with("shop", 1, ECHO).calling(content -> answer(201, "{\"id\":7}"));

            assertThat(text(call("shop_echo", Map.of("text", "")))).contains("{\"id\":7}", "isError=false");
        }
    }
}
