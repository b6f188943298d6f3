// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.GuardSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveSettingsTest {
    private static final String PATH = "/api/v1/p/site/pages";

    private final CountDownLatch release = new CountDownLatch(1);
    private final TestGateway gateway = TestGateway.open(plugin("site")
            .route(
                    "GET",
                    "/pages",
                    request -> Response.text(String.valueOf(request.query("a").isPresent())))
            .route("GET", "/held", request -> {
                release.await();
                return Response.text("held");
            }));

    @AfterEach
    void close() {
        release.countDown();
        gateway.close();
    }

    @Test
    void theNextCallMeetsTheNextNumberOfPlaces() {
        FakeExchange held = get("/api/v1/p/site/held").as("alice");
        Thread caller = new Thread(() -> gateway.send(held));
        caller.start();
        await().until(() -> inFlight() == 1);

        use(guards(Map.of("bulkhead_calls", 1)));
        assertThat(gateway.send(get(PATH).as("alice")).detail()).contains("busy: 1 calls are in it already");

        use(guards(Map.of("bulkhead_calls", 2)));
        assertThat(gateway.send(get(PATH).as("alice")).status()).isEqualTo(200);
        assertThat(inFlight()).isOne();

        release.countDown();
        assertThat(held.answer().status()).isEqualTo(200);
    }

    @Test
    void theNextCallHasTheNextDeadline() {
        use(new Settings(
                Duration.ofMillis(50),
                Duration.ofSeconds(60),
                8,
                1000,
                Set.of(),
                TestGateway.GUARDS,
                TestGateway.REGISTRY,
                false));

        assertThat(gateway.send(get("/api/v1/p/site/held").as("alice")).status())
                .isEqualTo(504);
    }

    @Test
    void theNextCallMayHaveFewerParametersAndHops() {
        use(new Settings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                8,
                1,
                Set.of(),
                TestGateway.GUARDS,
                TestGateway.REGISTRY,
                false));

        assertThat(gateway.send(get(PATH + "?a=1").as("alice")).status()).isEqualTo(200);
        assertThat(gateway.send(get(PATH + "?a=1&b=2").as("alice")).status()).isEqualTo(400);
    }

    @Test
    void whoIsLetInChangesWithAStartAlone() {
        Settings open = new Settings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                8,
                1,
                Set.of("x"),
                TestGateway.GUARDS,
                TestGateway.REGISTRY,
                true);

        Settings next = open.after(TestGateway.SETTINGS);

        assertThat(next.authOff()).isFalse();
        assertThat(next.publicPlugins()).isEqualTo(TestGateway.SETTINGS.publicPlugins());
        assertThat(next.deadline()).isEqualTo(open.deadline());
    }

    private long inFlight() {
        return gateway.routing.snapshot().plugin("site").owner().traffic().running();
    }

    private void use(Settings settings) {
        gateway.live.set(settings);
        gateway.gate.use(settings.guards());
    }

    private static Settings guards(Map<String, Object> changed) {
        GuardSettings guards = Settings.of(TestConfig.with(changed)).guards();
        return new Settings(
                Duration.ofSeconds(30), Duration.ofSeconds(60), 8, 1000, Set.of(), guards, TestGateway.REGISTRY, false);
    }
}
