// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.gateway.guard.GuardSettings;
import dev.mortise.gateway.guard.GuardSettings.BreakerSettings;
import dev.mortise.gateway.guard.GuardSettings.CacheSettings;
import dev.mortise.gateway.guard.GuardSettings.EjectionSettings;
import dev.mortise.gateway.guard.PlaceSettings;
import dev.mortise.kernel.call.BoundContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int CALLS = 3;

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();
    private final List<Thread> callers = new ArrayList<>();
    private final TestPlugin reports = plugin("reports").needs("site", "site.pages", "^1.0.0");
    private final TestGateway gateway = new TestGateway(new Settings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            8,
            1000,
            Set.of(),
            new GuardSettings(
                    new PlaceSettings(CALLS, 2, 200, 20, 80, 16),
                    Duration.ofSeconds(60),
                    new BreakerSettings(3, Duration.ofSeconds(30), 1),
                    Duration.ofSeconds(5),
                    new EjectionSettings(3, Duration.ofSeconds(30)),
                    TestGateway.GUARDS.retry(),
                    100,
                    new CacheSettings(1 << 20, 1 << 10)),
            TestGateway.REGISTRY,
            false));

    GuardsTest() {
        gateway.routing.open();
        gateway.put(reports, plugin("other").route("GET", "/", request -> Response.text("other")));
    }

    @AfterEach
    void close() throws InterruptedException {
        release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        gateway.close();
    }

    @Test
    void aPluginThatHangsIsFullForItselfAlone() {
        gateway.put(site(Map.of(), Duration.ofSeconds(30), request -> hang()));
        for (int i = 0; i < CALLS; i++) {
            callInTheBackground();
        }
        await().until(() -> handled.get() == CALLS);

        FakeExchange refused = call("alice");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(refused.detail()).startsWith("Plugin 'site' is busy: 3 calls are in it already");
        assertThat(refused.field("Retry-After")).isEqualTo("1");
        assertThatThrownBy(this::callAsAPlugin).hasMessageContaining("is busy");
        assertThat(gateway.send(get("/api/v1/p/other").as("alice")).status()).isEqualTo(200);
    }

    @Test
    void aPlaceIsFreeAgainWhenACallHasEnded() throws Exception {
        gateway.put(site(Map.of(), Duration.ofSeconds(30), request -> Response.text("page")));
        for (int i = 0; i < 4 * CALLS; i++) {
            assertThat(call("alice").status()).isEqualTo(200);
            callAsAPlugin();
        }
    }

    @Test
    void aTenantHasItsRateAndIsToldSo() {
        gateway.put(site(Map.of("rateLimit", "2"), Duration.ofSeconds(30), request -> Response.text("page")));

        assertThat(call("alice").field("RateLimit")).isEqualTo("\"site.pages\";r=1;t=1");
        assertThat(call("alice").field("RateLimit-Policy")).isEqualTo("\"site.pages\";q=2;w=1");
        FakeExchange refused = call("alice");
        for (int i = 0; i < 100 && refused.status() == 200; i++) {
            refused = call("alice"); // on a busy machine a token comes back meanwhile
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.detail())
                .isEqualTo("site.pages takes 2 requests of a tenant in a second. Try again in 1 s.");
        assertThat(refused.field("Retry-After")).isEqualTo("1");
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        callAsAPlugin();
                    }
                })
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED));
    }

    @Test
    void anEndpointThatIsLateAgainAndAgainIsLeftAlone() {
        gateway.put(site(Map.of(), SHORT, request -> sleep()));
        for (int i = 0; i < 3; i++) {
            assertThat(call("alice").status()).isEqualTo(504);
        }

        FakeExchange refused = call("alice");

        assertThat(refused.status()).isEqualTo(503);
        String left = refused.field("Retry-After");
        assertThat(Long.parseLong(left)).isBetween(1L, 30L);
        assertThat(refused.detail())
                .isEqualTo(
                        "GET /pages of plugin 'site' failed or did not answer in time 3 times in a row and is left alone for "
                                + left + " s.");
        assertThat(handled).hasValue(3);
    }

    @Test
    void aServiceWithAnEndpointThatIsLeftAloneIsShownAsDegraded() {
        gateway.put(plugin("site")
                .within("GET", "/slow", SHORT)
                .within("GET", "/pages", Duration.ofSeconds(30))
                .offers("site.pages", "1.0.0")
                .route("GET", "/slow", request -> sleep())
                .route("GET", "/pages", request -> Response.text("page")));
        assertThat(shown()).isEqualTo("HEALTHY");

        for (int i = 0; i < 3; i++) {
            gateway.send(get("/api/v1/p/site/slow").as("alice"));
            assertThat(call("alice").status()).isEqualTo(200);
        }

        assertThat(shown()).isEqualTo("DEGRADED");
    }

    private String shown() {
        return gateway.services.discover("site.pages", Optional.empty()).get(0).status();
    }

    @Test
    void faultsOfAHandlerAreAnswers() {
        gateway.put(site(Map.of(), Duration.ofSeconds(30), request -> {
            throw new IllegalStateException("broken");
        }));
        for (int i = 0; i < 10; i++) {
            assertThat(call("alice").status()).isEqualTo(500);
        }
    }

    @Test
    void aNewVersionBeginsWithItsOwnBreakers() {
        gateway.put(site(Map.of(), SHORT, request -> sleep()));
        await().until(() -> call("alice").status() == 503);
        gateway.put(site(Map.of(), Duration.ofSeconds(30), request -> Response.text("mended"))
                .version("1.0.1"));

        assertThat(call("alice").text()).isEqualTo("mended");
    }

    @Test
    void handlersThatNeverEndKeepTheirPluginOutWhenTheyAreTooMany() {
        gateway.put(site(Map.of(), SHORT, request -> hang()));
        callInTheBackground();
        callInTheBackground();
        await().until(() -> stay().stuck().count() == 2);

        assertThat(call("alice").detail())
                .startsWith("2 calls did not end in time and still run, some of them in plugin 'site'");
        assertThat(gateway.send(get("/api/v1/p/other").as("alice")).status()).isEqualTo(200);
    }

    @Test
    void answersAreKeptForWhomTheyWereMade() throws Exception {
        gateway.put(site(Map.of("cacheTTL", "60"), Duration.ofSeconds(30), request -> {
            handled.incrementAndGet();
            return Response.of(200, "text/plain", Body.of("page"));
        }));

        call("alice");
        FakeExchange again = call("alice");

        assertThat(again.text()).isEqualTo("page");
        assertThat(again.field("Age")).matches("\\d+");
        assertThat(handled).hasValue(1);
        callAsAPlugin();
        callAsAPlugin();
        assertThat(handled).hasValue(2);
    }

    @Test
    void aKeptAnswerIsGivenWhileTheEndpointIsLeftAlone() throws Exception {
        gateway.put(site(
                Map.of("cacheTTL", "60"),
                SHORT,
                request -> request.query().containsKey("slow") ? sleep() : Response.text("kept")));
        call("alice");
        callAsAPlugin();
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.send(get("/api/v1/p/site/pages?slow=" + i).as("alice"))
                            .status())
                    .isEqualTo(504);
        }
        assertThat(gateway.send(get("/api/v1/p/site/pages?slow=3").as("alice")).status())
                .isEqualTo(503);

        assertThat(call("alice").text()).isEqualTo("kept");
        assertThatCode(this::callAsAPlugin).doesNotThrowAnyException();
    }

    @Test
    void nothingKeptOutlivesASwitch() {
        gateway.put(site(Map.of("cacheTTL", "60"), Duration.ofSeconds(30), request -> Response.text("old")));
        call("alice");
        gateway.put(site(Map.of("cacheTTL", "60"), Duration.ofSeconds(30), request -> Response.text("new"))
                .version("1.0.1"));

        assertThat(gateway.gate.kept()).isZero();
        assertThat(call("alice").text()).isEqualTo("new");
        assertThat(gateway.gate.kept()).isEqualTo(1);
        gateway.remove("site");
        assertThat(gateway.gate.kept()).isZero();
    }

    private Stay stay() {
        return gateway.routing.snapshot().plugin("site").owner().stay();
    }

    private static TestPlugin site(Map<String, String> metadata, Duration timeout, Handler handler) {
        return plugin("site")
                .saying(metadata)
                .within("GET", "/pages", timeout)
                .offers("site.pages", "1.0.0")
                .route("GET", "/pages", handler);
    }

    private FakeExchange call(String who) {
        return gateway.send(get("/api/v1/p/site/pages").as(who));
    }

    private void callInTheBackground() {
        Thread caller = new Thread(() -> call("alice"));
        callers.add(caller);
        caller.start();
    }

    private void callAsAPlugin() throws Exception {
        ServiceClient client = gateway.client(reports);
        BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> client.service("site.pages")
                .get("/pages"));
    }

    /** Holds on to its thread, whoever interrupts it. */
    private Response hang() {
        handled.incrementAndGet();
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException stubborn) {
                Thread.interrupted();
            }
        }
        return Response.text("at last");
    }

    private Response sleep() throws InterruptedException {
        handled.incrementAndGet();
        release.await();
        return Response.text("late");
    }
}
