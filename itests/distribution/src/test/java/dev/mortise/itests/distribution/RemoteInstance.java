// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A program outside the container that serves plugins' services over HTTP; keeps what it is asked, as far as it is much. */
final class RemoteInstance implements AutoCloseable {
    private static final int KEPT = 1000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Function<Asked, Reply> answer = request -> Reply.of(200, "");

    private RemoteInstance(HttpServer server) {
        this.server = server;
    }

    /** One request; its fields are found in any spelling of upper and lower case. */
    record Asked(int number, String method, String target, Map<String, List<String>> fields, String body) {
        /** Answers the only value of a field. */
        Optional<String> field(String name) {
            List<String> values = fields.getOrDefault(name, List.of());
            if (values.size() > 1) {
                throw new AssertionError(name + " came " + values.size() + " times: " + values);
            }
            return values.stream().findFirst();
        }
    }

    /** One answer; one in chunks does not tell its length. */
    record Reply(int status, Map<String, String> fields, String body, boolean chunked) {
        Reply(int status, Map<String, String> fields, String body) {
            this(status, fields, body, false);
        }

        static Reply chunked(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "text/plain"), body, true);
        }

        static Reply of(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body);
        }
    }

    /** Starts one on a free port of the loopback address. */
    static RemoteInstance start() throws IOException {
        return start("127.0.0.1", 0);
    }

    /** Starts one on an address of this machine. */
    static RemoteInstance start(String address, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
        RemoteInstance instance = new RemoteInstance(server);
        server.setExecutor(instance.threads);
        server.createContext("/", instance::serve);
        server.start();
        return instance;
    }

    /** Leaves requests for a path to the handler, which reads and writes at its own pace; it keeps nothing of them. */
    RemoteInstance streaming(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return this;
    }

    /** Answers every request so from now on. */
    RemoteInstance answering(int status, String body) {
        return answering(request -> Reply.of(status, body));
    }

    /** Answers every request so from now on. */
    RemoteInstance answering(Function<Asked, Reply> replies) {
        answer = replies;
        return this;
    }

    String baseUrl() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers the first thousand requests. */
    List<Asked> asked() {
        return asked;
    }

    /** Answers the last request. */
    Asked last() {
        return asked.get(asked.size() - 1);
    }

    /** Answers how many requests came. */
    int count() {
        return count.get();
    }

    /** Ends it as a crash does: what comes then finds nobody. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = read(exchange, count.incrementAndGet());
            if (request.number() <= KEPT) {
                asked.add(request);
            }
            Reply reply = answer.apply(request);
            byte[] body = reply.body().getBytes(UTF_8);
            reply.fields().forEach(exchange.getResponseHeaders()::set);
            long length = body.length == 0 ? -1 : body.length;
            exchange.sendResponseHeaders(reply.status(), reply.chunked() ? 0 : length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Asked read(HttpExchange exchange, int number) throws IOException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> fields.put(name, List.copyOf(values)));
        return new Asked(
                number,
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                fields,
                new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }
}
