// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RepeatedWarningsTest {
    private final AtomicLong now = new AtomicLong();
    private final CapturedLines log = new CapturedLines(RepeatedWarnings.class.getName());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void writesTheFirstOfAKindAndThenTheirNumber() {
        RepeatedWarnings warnings = new RepeatedWarnings(Duration.ofSeconds(10), now::get);
        for (int i = 0; i < 5; i++) {
            warnings.warn("stock", "were late", "late " + i);
        }
        warnings.warn("stock", "were broken off", "broken");
        warnings.warn("crm", "were late", "other");
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        warnings.warn("stock", "were late", "late again");

        assertThat(log.lines())
                .containsExactly(
                        "plugin=stock late 0",
                        "plugin=stock broken",
                        "plugin=crm other",
                        "plugin=stock 4 more calls were late; repeated.warnings.seconds kept their lines out",
                        "plugin=stock late again");
    }

    @Test
    void forgetsPluginsOfWhichNothingWasToBeSaidOfLate() {
        RepeatedWarnings warnings = new RepeatedWarnings(Duration.ofSeconds(10), now::get);
        for (int i = 0; i < 100; i++) {
            warnings.warn("gone-" + i, "were late", "late");
            now.addAndGet(Duration.ofSeconds(10).toNanos());
        }

        assertThat(warnings.kinds()).isEqualTo(1);
    }

    @Test
    void tellsOfTheRestThoughNothingMoreComes() {
        RepeatedWarnings warnings = new RepeatedWarnings(Duration.ofHours(1), now::get);
        warnings.warn("stock", "were late", "late 0");
        warnings.pause(Duration.ofMillis(20));
        warnings.warn("stock", "were late", "late 1");

        await().until(() -> log.lines().size() == 2);
        assertThat(log.lines()).last().asString().startsWith("plugin=stock 1 more calls were late;");
    }

    @Test
    void doesNotFloodTheLogWithLateCalls() {
        try (TestGateway gateway = TestGateway.open(plugin("slow")
                .within("GET", "/", Duration.ofMillis(20))
                .offers("slow.things", "1.0.0")
                .route("GET", "/", request -> {
                    Thread.sleep(20_000);
                    return Response.status(204);
                }))) {
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.send(get("/api/v1/p/slow").as("alice")).status())
                        .isEqualTo(504);
            }
        }

        assertThat(log.lines()).singleElement().asString().startsWith("plugin=slow GET /api/v1/p/slow is late after ");
    }
}
