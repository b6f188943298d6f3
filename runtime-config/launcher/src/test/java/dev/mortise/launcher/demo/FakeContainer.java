// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.launcher.program.Distribution;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A distribution whose start script only waits for its end, and an HTTP server that answers in its place. */
final class FakeContainer implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    String report = "{\"totalProducts\":3}";

    private final Path root;
    private final HttpServer server;

    FakeContainer(Path root) throws IOException {
        this.root = root;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("examples"));
        for (String plugin : List.of("reports", "crm", "inventory")) {
            Files.writeString(root.resolve("examples").resolve(plugin + "-1.0.0.jar"), plugin);
        }
        script("echo %d > $3/data/http-port; echo t0ken > $3/data/admin-token; exec cat"
                .formatted(server.getAddress().getPort()));
    }

    /** Let the start script remember home and process id, and then do something. */
    void script(String body) throws IOException {
        Path script = root.resolve("bin/mortise");
        Files.writeString(script, "#!/bin/sh\necho $$ > %s/pid; echo $3 > %s/home\n%s\n".formatted(root, root, body));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    Distribution distribution() {
        return new Distribution(root, "1.0.0");
    }

    Path home() throws IOException {
        return Path.of(Files.readString(root.resolve("home")).strip());
    }

    long pid() throws IOException {
        return Long.parseLong(Files.readString(root.resolve("pid")).strip());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        String body =
                switch (request) {
                    case "GET /api/v1/plugins" -> plugins();
                    case "POST /api/v1/p/worker-token/tokens" -> "{\"token\":\"mwt_1\"}";
                    case "POST /api/v1/p/reports/reports/generate" -> report;
                    default -> "{\"status\":\"UP\"}";
                };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body.contains("\"code\"") ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String plugins() throws IOException {
        boolean complete = Files.exists(home().resolve("plugins/inventory-1.0.0.jar"));
        String state = complete ? "READY" : "WAITING";
        return """
                {"plugins":[{"id":"reports","state":"%s","reason":"no inventory"},{"id":"crm","state":"%s"},
                {"id":"inventory","state":"%s"},{"id":"worker-token","state":"READY"}]}""".formatted(state, state, state);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
