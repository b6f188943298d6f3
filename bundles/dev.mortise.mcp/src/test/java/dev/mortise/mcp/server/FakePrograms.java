// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.LinePrograms;
import dev.mortise.testkit.call.TestJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs that speak MCP, each of which may be made to end, to say nothing or too much. */
final class FakePrograms implements LinePrograms, AutoCloseable {
    final List<Listener> started = new CopyOnWriteArrayList<>();
    final List<Order> orders = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();

    /** What comes of a call: an answer, or one of these. */
    volatile Answer answer = Answer.GOOD;

    private final Json json = TestJson.factory().lenient();
    private final ExecutorService readers = Executors.newCachedThreadPool();

    enum Answer {
        GOOD,
        NONE,
        TOO_LONG,
        END
    }

    @Override
    public Program start(Order order, Listener listener) {
        orders.add(order);
        started.add(listener);
        return new Program() {
            @Override
            public boolean tell(String line) {
                Map<?, ?> message = json.read(line, Map.class);
                if (message.containsKey("id")) {
                    readers.execute(() -> answer(message, listener));
                }
                return true;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    private void answer(Map<?, ?> message, Listener listener) {
        if (message.get("method").equals("tools/call") && answer != Answer.GOOD) {
            switch (answer) {
                case TOO_LONG -> listener.tooLong();
                case END -> listener.gone("it broke");
                default -> {}
            }
            return;
        }
        String result =
                switch (String.valueOf(message.get("method"))) {
                    case "initialize" ->
                        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                                + "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";
                    case "tools/list" -> "{\"tools\":[{\"name\":\"add\",\"inputSchema\":{\"type\":\"object\"}}]}";
                    default -> "{\"content\":[{\"type\":\"text\",\"text\":\"42\"}]}";
                };
        listener.line("{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"result\":%s}".formatted(message.get("id"), result));
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
