// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Json;
import dev.mortise.itests.harness.Product;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces that a collector gets, and the log of all calls: both are switched on by whoever wants them. */
final class TracesIT {
    private static final Product PRODUCT = Product.find();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void followsACallThroughThePluginsAndWritesIt(@TempDir Path folder) throws Exception {
        Map<String, String> settings = Map.of(
                "MORTISE_LOG_ACCESS",
                "on",
                "MORTISE_TELEMETRY_TRACES",
                "otlp",
                "MORTISE_TELEMETRY_TRACES_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
        try (Container container =
                Container.start(PRODUCT, folder.resolve("home"), settings).awaitReady()) {
            container.drop(PRODUCT.example("inventory"), "inventory.jar");
            container.drop(PRODUCT.example("reports"), "reports.jar");
            container.awaitState("reports", "READY");
            Client client = container
                    .client()
                    .with("X-Request-Id", "traced-1")
                    .with("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

            assertThat(client.post("/api/v1/p/reports/reports/generate", "{}").status())
                    .isEqualTo(200);

            String id = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
            Wait.until("the call at the collector", () -> String.join("", received)
                    .contains("POST /reports/generate of reports"));
            assertThat(String.join("", received))
                    .contains(id, "GET /products of inventory.products", "mortise.tenant", "default");

            Path log = container.home().resolve("log/access.log");
            Wait.until("the line", () -> Files.readString(log).contains("traced-1"));
            JsonNode line = Files.readAllLines(log).stream()
                    .map(Json::read)
                    .filter(one -> one.path("requestId").asText().equals("traced-1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("route").asText()).isEqualTo("/reports/generate");
            assertThat(line.path("tenant").asText()).isEqualTo("default");
            assertThat(line.path("micros").asLong()).isPositive();
        }
    }
}
