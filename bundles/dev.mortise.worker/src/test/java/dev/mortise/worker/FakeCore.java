// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.worker.core.CoreClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A core that answers what a test says, and keeps what it was asked. */
public final class FakeCore implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Reply> answer = request -> new Reply(404, "{}");

    public record Asked(String line, com.sun.net.httpserver.Headers fields, String body) {
        public Optional<String> field(String name) {
            return Optional.ofNullable(fields.getFirst(name));
        }
    }

    public record Reply(int status, String body) {}

    public FakeCore(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public FakeCore answering(Function<Asked, Reply> replies) {
        answer = replies;
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return asked;
    }

    public long count(String line) {
        return asked.stream().filter(one -> one.line().startsWith(line)).count();
    }

    public CoreClient client() {
        return new CoreClient(url(), () -> "secret");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = new Asked(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            asked.add(request);
            Reply reply = answer.apply(request);
            byte[] body = reply.body().replace('\'', '"').getBytes(UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", reply.status() < 400 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
