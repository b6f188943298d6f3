// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.testkit.port.MemoryMeters;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts and logs say when an answer can't be written is what its client saw. */
class UnwritableAnswersTest {
    private final MemoryMeters meters = new MemoryMeters();
    private final CapturedLines access = new CapturedLines("mortise.access");
    private final TestGateway gateway = TestGateway.open(
            plugin("events").route("GET", "/", request -> Response.of(200, "text/plain", Body.writing(sink -> {}))));

    @BeforeEach
    void measure() {
        gateway.neighbours.bindMeters(meters);
    }

    @AfterEach
    void close() {
        gateway.close();
        access.close();
    }

    @Test
    void answersAProblemUnderTheIdOfTheRequest() {
        FakeExchange exchange = send(new Delivery.Unwritable(new IllegalArgumentException("no such field")));

        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.field("X-Request-Id")).isEqualTo("r1");
        assertThat(exchange.text())
                .contains("\"requestId\":\"r1\"", "\"instance\":\"/api/v1/p/events\"", "\"code\":\"INTERNAL\"")
                .contains("The answer to GET /api/v1/p/events of plugin 'events' failed")
                .doesNotContain("no such field");
        assertThat(access.lines()).singleElement().asString().contains("\"requestId\":\"r1\"", "\"status\":500");
        assertThat(counted("5xx")).isTrue();
        assertThat(counted("2xx")).isFalse();
    }

    @Test
    void logsWhyUnderTheIdOfTheRequest() {
        try (CapturedLines log = new CapturedLines(Problems.class.getName())) {
            send(new Delivery.Unwritable(new IllegalArgumentException("no such field")));

            assertThat(log.lines())
                    .containsExactly("The answer to GET /api/v1/p/events of plugin 'events' failed, request r1");
        }
    }

    @Test
    void keepsTheCodeOfARefusalThatTheBodyThrows() {
        FakeExchange exchange =
                send(new Delivery.Unwritable(new MortiseException(ErrorCode.PAYLOAD_TOO_LARGE, "Too much.")));

        assertThat(exchange.status()).isEqualTo(413);
        assertThat(meters.of("mortise.refusals"))
                .containsOnlyKeys("mortise.refusals{code=PAYLOAD_TOO_LARGE, plugin=events}");
    }

    @Test
    void countsAnAnswerThatBrokeOffAsAFault() {
        send(new Delivery.BrokenOff(new IllegalStateException("half"), false));

        assertThat(counted("5xx")).isTrue();
        assertThat(counted("2xx")).isFalse();
        assertThat(access.lines()).singleElement().asString().contains("\"status\":200", "\"brokenOff\":\"fault\"");
    }

    @Test
    void doesNotHoldALeavingClientAgainstThePlugin() {
        send(new Delivery.BrokenOff(new IOException("gone"), true));

        assertThat(counted("2xx")).isTrue();
        assertThat(access.lines()).singleElement().asString().contains("\"status\":200", "\"brokenOff\":\"client\"");
    }

    @Test
    void answers504WhenTheBodyWasInterruptedBeforeItsFirstByte() {
        TestPlugin mute = plugin("mute")
                .route("GET", "/", request -> Response.of(200, "text/plain", Body.writing(sink -> sleep())));
        Duration brief = Duration.ofMillis(500);
        Settings hasty = new Settings(brief, brief, 8, 1000, Set.of(), TestGateway.GUARDS, TestGateway.REGISTRY, false);
        try (TestGateway impatient = new TestGateway(hasty)) {
            impatient.routing.open();
            FakeExchange exchange =
                    impatient.put(mute).send(get("/api/v1/p/mute").as("alice").reading());

            assertThat(exchange.status()).isEqualTo(504);
            assertThat(exchange.detail()).contains("deadline.limit.seconds");
        }
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private FakeExchange send(Delivery delivery) {
        return gateway.send(
                get("/api/v1/p/events").as("alice").with("X-Request-Id", "r1").delivering(delivery));
    }

    private boolean counted(String status) {
        return meters.of("mortise.calls").keySet().stream().anyMatch(series -> series.contains("status=" + status));
    }
}
