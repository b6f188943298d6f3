// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.testkit.call.TestJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that speaks MCP: answers by the method of the message. */
final class FakeServer implements RemoteCalls {
    private static final String CHANGED =
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n";

    final List<String> sent = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    volatile int status = 200;
    volatile boolean events;
    volatile String padding = "";
    volatile boolean promises;
    volatile boolean endless;
    final CountDownLatch slow = new CountDownLatch(1);

    @Override
    public Judgement judge(String baseUrl) {
        throw new AssertionError("a server is no instance");
    }

    @Override
    public Judgement judgeServer(String baseUrl) {
        return baseUrl.contains("169.254")
                ? new Judgement.Refused("No call goes there.")
                : new Judgement.Good(new Peer() {
                    @Override
                    public String baseUrl() {
                        return baseUrl;
                    }

                    @Override
                    public void close() {
                        closed.incrementAndGet();
                    }
                });
    }

    @Override
    public Response send(Peer peer, Outgoing request) {
        Map<?, ?> message = Map.of();
        try {
            String text = request.body().text();
            message = text.isEmpty() ? Map.of() : TestJson.lenient().read(text, Map.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        sent.add(request.method() + " " + request.target() + " " + message.get("method") + " session="
                + request.headers().first("Mcp-Session-Id").orElse("-") + " version="
                + request.headers().first("MCP-Protocol-Version").orElse("-"));
        if (request.method().equals("GET")) {
            return Response.of(200, "text/event-stream", Body.of(CHANGED));
        }
        if (status != 200) {
            return Response.status(status);
        }
        return message.get("id") == null ? Response.status(202) : answer(message);
    }

    private Response answer(Map<?, ?> message) {
        String params = String.valueOf(message.get("params"));
        if (params.contains("name=refused")) {
            return message(message, "\"error\":{\"code\":-32602,\"message\":\"a is missing\"}");
        }
        if (params.contains("name=slow")) {
            await();
        }
        String result =
                switch (String.valueOf(message.get("method"))) {
                    case "initialize" ->
                        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{\"listChanged\":" + promises
                                + "}}," + "\"serverInfo\":{\"name\":\"f\",\"version\":\"1\"}}";
                    case "tools/list" ->
                        "{\"tools\":[{\"name\":\"add\",\"inputSchema\":{\"type\":\"object\"},\"title\":\"Add\"}]"
                                + (endless ? ",\"nextCursor\":\"more\"}" : "}");
                    default -> "{\"content\":[{\"type\":\"text\",\"text\":\"42\"}],\"isError\":false}";
                };
        return message(message, "\"result\":" + result);
    }

    private void await() {
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response message(Map<?, ?> asked, String what) {
        String text = "{\"jsonrpc\":\"2.0\",\"id\":\"" + asked.get("id") + "\"," + what + padding + "}";
        Response answer = events
                ? Response.of(
                        200,
                        "text/event-stream",
                        Body.of(CHANGED
                                + "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\","
                                + "\"params\":{\"level\":\"info\",\"data\":\"x\"}}\n\ndata: " + text + "\n\n"))
                : Response.of(200, "application/json", Body.of(text));
        return answer.with("Mcp-Session-Id", "s-1");
    }
}
