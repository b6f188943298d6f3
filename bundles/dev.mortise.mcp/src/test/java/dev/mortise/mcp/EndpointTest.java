// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import static dev.mortise.testkit.call.ContextBuilder.context;
import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.mcp.tool.FakePlugins;
import dev.mortise.mcp.tool.Tally;
import dev.mortise.mcp.tool.ToolDesk;
import dev.mortise.mcp.tool.ToolLimits;
import dev.mortise.mcp.tool.ToolServers;
import dev.mortise.testkit.call.ContextBuilder;
import dev.mortise.testkit.call.RequestBuilder;
import dev.mortise.testkit.call.TestJson;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class EndpointTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";

    private final Json json = TestJson.factory().verbatim();
    private final FakePlugins plugins =
            new FakePlugins().with("shop", 1, "[{\"name\":\"echo\",\"inputSchema\":{\"type\":\"object\"}}]");
    private final AtomicBoolean serving = new AtomicBoolean(true);
    private final SessionLimits limits =
            new SessionLimits(3, 2, Duration.ofHours(1), 1, 2, Duration.ofMinutes(1), Duration.ofMinutes(1));
    private final Sessions sessions = new Sessions(limits);
    private final Listeners listeners =
            new Listeners(limits, new Listeners.Around(serving::get, Optional::empty, Optional::empty), json);
    private final Endpoint endpoint = endpoint();

    private Endpoint endpoint() {
        ToolLimits tools = new ToolLimits(
                Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), 10, 10, Duration.ofSeconds(1));
        ToolDesk desk = new ToolDesk(
                plugins,
                ToolServers.NONE,
                json,
                schema -> document -> List.of(),
                tools,
                new Tally(sessions::count, listeners::count));
        return new Endpoint(
                desk, new Protocol(desk, "1.0.0"), sessions, listeners, Origins.of("https://chat.example.org"), json);
    }

    private static String initialize(String version) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + version
                + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    }

    private Response post(RequestBuilder request) throws Exception {
        return request.to(endpoint::post);
    }

    private String begin(ContextBuilder who) throws Exception {
        Response begun = post(request("POST", "/mcp").in(who).json(initialize("2025-06-18")));
        assertThat(begun.status()).isEqualTo(200);
        return begun.headers().first("Mcp-Session-Id").orElseThrow();
    }

    private String said(String session, String message) throws Exception {
        return post(in(session, message)).body().text();
    }

    private static RequestBuilder in(String session, String message) {
        return request("POST", "/mcp").header("Mcp-Session-Id", session).json(message);
    }

    private ErrorCode refused(RequestBuilder request) {
        return catchThrowableOfType(MortiseException.class, () -> post(request)).code();
    }

    @Test
    void agreesOnAVersion() throws Exception {
        assertThat(post(request("POST", "/mcp").json(initialize("2025-03-26")))
                        .body()
                        .text())
                .contains("\"protocolVersion\":\"2025-03-26\"", "\"listChanged\":true", "\"name\":\"mortise\"");
        assertThat(post(request("POST", "/mcp").json(initialize("1999-01-01")))
                        .body()
                        .text())
                .contains("\"protocolVersion\":\"2025-11-25\"");
    }

    @Test
    void answersRequestsAndTakesTheRest() throws Exception {
        String session = begin(context());

        assertThat(said(session, PING)).contains("\"id\":7", "\"result\":{}");
        assertThat(said(session, "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\"}"))
                .contains("\"id\":\"a\"", "shop_echo");
        assertThat(said(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}"))
                .contains("-32601");
        assertThat(said(
                        session,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"shop_no\"}}"))
                .contains("-32602", "Unknown tool: shop_no");
        assertThat(said(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}}"))
                .contains("-32602");
        for (String method : List.of("notifications/initialized", "notifications/anything")) {
            assertThat(post(in(session, "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}"))
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void aSessionIsForNobodyElse() throws Exception {
        String session = begin(context().user("ann", "*"));

        assertThat(refused(in(session, PING).in(context().user("bob", "*")))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused(in(session, PING).in(context().tenant("acme").user("ann", "*"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused(in("other", PING).in(context().user("ann", "*")))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refused(request("POST", "/mcp").json(PING))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refused(request("POST", "/mcp").in(context().withoutTenant()).json(initialize("2025-06-18"))))
                .isEqualTo(ErrorCode.TENANT_REQUIRED);
    }

    @Test
    void whoHasTooManyLosesTheOldest() throws Exception {
        String first = begin(context());
        begin(context());
        begin(context());

        assertThat(refused(in(first, PING))).isEqualTo(ErrorCode.NOT_FOUND);
        begin(context().user("ann"));
        assertThat(refused(request("POST", "/mcp").in(context().user("bob")).json(initialize("2025-06-18"))))
                .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void aSessionListensInOnePlace() throws Exception {
        String session = begin(context());
        RequestBuilder get = request("GET", "/mcp").header("Mcp-Session-Id", session);
        Response first = get.to(endpoint::get);
        Thread writer = new Thread(() -> write(first));
        writer.start();
        Awaitility.await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);

        Response second = get.to(endpoint::get);
        Thread next = new Thread(() -> write(second));
        next.start();

        writer.join(10_000);
        assertThat(writer.isAlive()).isFalse();
        serving.set(false);
        next.join(10_000);
        assertThat(next.isAlive()).as("a container that stops").isFalse();
    }

    private static void write(Response stream) {
        try {
            stream.body().writeTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneRequestMoreThanMayWaitIsRefused() throws Exception {
        String session = begin(context());
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Response> slow = new CompletableFuture<>();
        plugins.calling(content -> {
            inside.countDown();
            return slow;
        });
        String order = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"shop_echo\"}}";
        Thread waiting = new Thread(() -> {
            try {
                said(session, order);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        waiting.start();
        inside.await();

        assertThat(refused(in(session, PING))).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        slow.complete(Response.of(200, "application/json", Body.of("{}")));
        waiting.join();
        assertThat(said(session, PING)).contains("\"result\":{}");
    }

    @Test
    void pagesOfElsewhereAndOtherVersionsAreRefused() throws Exception {
        String session = begin(context());

        assertThat(refused(in(session, PING).header("Origin", "https://evil.example.org")))
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        for (String good : List.of("https://chat.example.org", "http://localhost:3000", "http://127.0.0.1")) {
            assertThat(post(in(session, PING).header("Origin", good)).status()).isEqualTo(200);
        }
        assertThat(refused(in(session, PING).header("MCP-Protocol-Version", "2024-11-05")))
                .isEqualTo(ErrorCode.BAD_REQUEST);
        for (String bad : List.of("[]", "{}", "{\"jsonrpc\":\"2.0\",\"id\":1}", "x")) {
            assertThat(refused(in(session, bad)).status()).as(bad).isEqualTo(400);
        }
    }

    @Test
    void tellsThatThereAreOtherToolsUntilTheSessionEnds() throws Exception {
        String session = begin(context());
        said(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");
        RequestBuilder get = request("GET", "/mcp").header("Mcp-Session-Id", session);
        Response stream = get.to(endpoint::get);
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        Thread writer = new Thread(() -> {
            try {
                stream.body().writeTo(sink);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();

        Response other = get.to(endpoint::get);
        assertThat(catchThrowableOfType(MortiseException.class, () -> get.to(endpoint::get))
                        .code())
                .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        ((Closeable) other.body()).close();
        plugins.with("shop", 2, "[]");
        Awaitility.await().until(() -> sink.toString(StandardCharsets.UTF_8).contains("tools/list_changed"));

        assertThat(request("DELETE", "/mcp")
                        .header("Mcp-Session-Id", session)
                        .to(endpoint::delete)
                        .status())
                .isEqualTo(204);
        writer.join(10_000);
        assertThat(writer.isAlive()).isFalse();
        assertThat(listeners.count()).isZero();
        assertThat(sink.toString(StandardCharsets.UTF_8).split("list_changed", -1))
                .hasSize(2);
        assertThat(refused(in(session, PING))).isEqualTo(ErrorCode.NOT_FOUND);
    }
}
