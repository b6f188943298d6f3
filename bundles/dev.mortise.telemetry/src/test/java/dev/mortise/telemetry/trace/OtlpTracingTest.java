// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.kernel.port.Tracing;
import dev.mortise.kernel.port.Tracing.Kind;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpTracingTest {
    private static final String SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String UNWANTED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
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
    void sendsWhatACallWasToTheCollector() {
        try (OtlpTracing tracing = OtlpTracing.of(config(100))) {
            Tracing.Span call = tracing.begin(Kind.CLIENT, Optional.of(SENT));
            assertThat(call.traceparent()).matches("00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01");
            tracing.begin(Kind.PLUGIN, Optional.of(call.traceparent()))
                    .end("GET /things/{id} of back.things", 200, Map.of("mortise.plugin", "back"));
            call.end("GET /{id} of front", 500, Map.of("mortise.tenant", "acme"));
        }

        assertThat(String.join("", received))
                .contains("service.name", "the-container")
                .contains("GET /things/{id} of back.things", "mortise.plugin", "back")
                .contains("GET /{id} of front", "mortise.tenant", "acme", "http.response.status_code");
    }

    @Test
    void beginsATraceOfItsOwn() {
        try (OtlpTracing tracing = OtlpTracing.of(config(100))) {
            assertThat(tracing.begin(Kind.CLIENT, Optional.empty()).traceparent())
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]");
        }
    }

    @Test
    void leavesItToTheCallerWhetherItsTraceIsWanted() {
        try (OtlpTracing tracing = OtlpTracing.of(config(0))) {
            assertThat(tracing.begin(Kind.CLIENT, Optional.of(SENT)).traceparent())
                    .endsWith("-01");
            assertThat(tracing.begin(Kind.CLIENT, Optional.empty()).traceparent())
                    .matches(".*-0[02]");
        }
        try (OtlpTracing tracing = OtlpTracing.of(config(100))) {
            Tracing.Span call = tracing.begin(Kind.CLIENT, Optional.of(UNWANTED));
            assertThat(call.traceparent()).endsWith("-00");
            call.end("x", 200, Map.of());
        }
        assertThat(received).isEmpty();
    }

    private TracesConfig config(int percent) {
        Map<String, Object> set = Map.of(
                "traces_percent",
                percent,
                "traces_service",
                "the-container",
                "traces_endpoint",
                "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
        return (TracesConfig) Proxy.newProxyInstance(
                TracesConfig.class.getClassLoader(),
                new Class<?>[] {TracesConfig.class},
                (proxy, method, arguments) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
