// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.gateway.guard.RouteGuard;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceOverridesTest {
    private static final int MANY = 100;

    private final AtomicInteger handled = new AtomicInteger();
    private final TestPlugin reports = plugin("reports").needs("site", "site.pages", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(reports);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aWholeNumberIsOneHoweverItIsWritten() {
        announce(Map.of("rateLimit", "2.0"));

        assertThat(call().field("RateLimit-Policy")).isEqualTo("\"site.pages\";q=2;w=1");
    }

    @Test
    void theOperatorsRateHoldsForTheNextCallAndWinsOverTheAnnouncedOne() {
        announce(Map.of("rateLimit", "2"));
        assertThat(call().field("RateLimit-Policy")).isEqualTo("\"site.pages\";q=2;w=1");

        rates("site.pages=1000000");
        assertThat(call().field("RateLimit-Policy")).isEqualTo("\"site.pages\";q=1000000;w=1");

        rates("site.pages = 0");
        assertThat(call().answer().headers().first("RateLimit-Policy")).isEmpty();

        rates("");
        assertThat(call().field("RateLimit-Policy")).isEqualTo("\"site.pages\";q=2;w=1");
    }

    @Test
    void aServiceThatAnnouncesNoneIsGivenOneForClientsAndPluginsAlike() throws Exception {
        announce(Map.of());
        assertThat(call().answer().headers().first("RateLimit-Policy")).isEmpty();

        rates("site.pages=1");
        FakeExchange refused = firstRefused();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.detail())
                .isEqualTo("site.pages takes 1 requests of a tenant in a second. Try again in 1 s.");
        int last = 200;
        for (int i = 0; i < MANY && last == 200; i++) {
            last = asAPlugin();
        }
        assertThat(last).isEqualTo(429);
    }

    @Test
    void theStarIsForServicesThatHaveNoEntry() {
        announce(Map.of("rateLimit", "2"));

        rates("*=7, site.pages=8");
        assertThat(call().field("RateLimit-Policy")).contains(";q=8;");
        rates("*=7, other.pages=8");
        assertThat(call().field("RateLimit-Policy")).contains(";q=7;");
    }

    @Test
    void nothingIsKeptAnyMoreOnceTheOperatorSaysSo() {
        announce(Map.of("cacheTTL", "60"));
        call();
        call();
        assertThat(handled).hasValue(1);

        lives("site.pages=0");
        call();
        call();
        assertThat(handled).hasValue(3);

        announce(Map.of());
        lives("site.pages=60");
        call();
        call();
        assertThat(handled).hasValue(4);
    }

    @Test
    void whatIsKeptCountsForNoLongerThanTheOperatorSaysNow() {
        announce(Map.of("cacheTTL", "600"));
        call();
        lives("site.pages=1");

        await().until(() -> {
            call();
            return handled.get() == 2;
        });
    }

    @Test
    void ruleOfARouteIsWorkedOutOnceForEachChange() {
        announce(Map.of());
        RouteGuard guard = gateway.routing
                .snapshot()
                .plugin("site")
                .mounted()
                .get(0)
                .value()
                .guard();
        rates("site.pages=5");
        Object first = guard.rate();
        gateway.overrides.modified(config("site.pages=5", ""));

        assertThat(first).isNotNull();
        assertThat(guard.rate()).isSameAs(first);
    }

    @Test
    void whatHoldsIsShownAndWhoSetIt() {
        announce(Map.of("rateLimit", "2", "team", "core"));
        gateway.overrides.modified(config("site.pages=50", "site.pages=5"));
        assertThat(shown())
                .isEqualTo(Map.of(
                        "team",
                        "core",
                        "rateLimit",
                        "50",
                        "rateLimitSource",
                        "operator: 50; announced: 2",
                        "cacheTTL",
                        "5",
                        "cacheTTLSource",
                        "operator: 5; announced: none"));

        rates("site.pages=0");
        assertThat(shown()).isEqualTo(Map.of("team", "core", "rateLimitSource", "operator: none; announced: 2"));
        rates("");
        assertThat(shown()).isEqualTo(Map.of("team", "core", "rateLimit", "2"));
    }

    @Test
    void theDescriptionTellsOfRefusalsAsLongAsThereIsARate() {
        announce(Map.of());
        assertThat(described()).doesNotContain("429");
        rates("site.pages=50");
        assertThat(described()).contains("429");
        rates("");
        assertThat(described()).doesNotContain("429");
    }

    @Test
    void anEntryThatCantBeReadIsNamedAndAllOthersCount() {
        announce(Map.of());
        try (CapturedLines log = new CapturedLines(ServiceOverrides.class.getName())) {
            gateway.overrides.modified(config("site=5, site.pages=many, site.pages=9, site.pages=10,", "site.pages 5"));
            gateway.overrides.modified(config("site=5, site.pages=many, site.pages=9, site.pages=10,", "site.pages 5"));

            assertThat(log.lines()).hasSize(4);
        }

        assertThat(call().field("RateLimit-Policy")).contains(";q=9;");
        Line line = gateway.overrides.check();
        assertThat(line.status()).isEqualTo(Status.DEGRADED);
        assertThat(line.message())
                .contains("rate.services.per.second in etc/gateway.properties: 'site=5' is left out; an entry is")
                .contains("'site.pages=many' is left out; an entry is")
                .contains("'site.pages=10' is left out; an entry before it is for the same service.")
                .contains("cache.services.seconds in etc/gateway.properties: 'site.pages 5' is left out");
        rates("site.pages=9");
        assertThat(gateway.overrides.check()).isEqualTo(new Line("service limits", Status.UP, ""));
    }

    private void announce(Map<String, String> metadata) {
        gateway.put(plugin("site")
                .saying(metadata)
                .endpoint("GET", "/pages")
                .offers("site.pages", "1.0.0")
                .route("GET", "/pages", request -> {
                    handled.incrementAndGet();
                    return Response.text("page");
                }));
    }

    private FakeExchange call() {
        return gateway.send(get("/api/v1/p/site/pages").as("alice"));
    }

    /** On a busy machine a token comes back between two calls, but not between so many. */
    private FakeExchange firstRefused() {
        FakeExchange answer = call();
        for (int i = 0; i < MANY && answer.status() == 200; i++) {
            answer = call();
        }
        return answer;
    }

    private int asAPlugin() throws Exception {
        return BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> {
            try {
                return gateway.client(reports)
                        .service("site.pages")
                        .get("/pages")
                        .status();
            } catch (ServiceException refused) {
                return refused.code().status();
            }
        });
    }

    private Map<String, String> shown() {
        return gateway.services.list().get(0).metadata();
    }

    private String described() {
        return gateway.apis.serving(Optional.empty()).paths().toString();
    }

    private void rates(String text) {
        gateway.overrides.modified(config(text, ""));
    }

    private void lives(String text) {
        gateway.overrides.modified(config("", text));
    }

    private static ServiceOverrides.Config config(String rates, String lives) {
        return TestConfig.of(
                ServiceOverrides.Config.class,
                Map.of("rate_services_per_second", rates, "cache_services_seconds", lives));
    }
}
