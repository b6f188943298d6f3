// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.GuardSettings.CacheSettings;
import dev.mortise.kernel.call.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResponseCacheTest {
    private static final CacheRule MINUTE = new CacheRule(Duration.ofMinutes(1));
    private static final Object STAY = new Object();

    private long now;
    private final ResponseCache cache = new ResponseCache(new CacheSettings(1 << 20, 1 << 10), () -> now);

    @Test
    void answersWhatIsKeptWithItsAge() throws Exception {
        cache.keep(STAY, get("/things", "ada", "acme"), Response.text("kept"), MINUTE);
        now += TimeUnit.SECONDS.toNanos(30);
        Response found = cache.find(STAY, get("/things", "ada", "acme"));
        assertThat(found.body().text()).isEqualTo("kept");
        assertThat(found.headers().first("Age")).contains("30");
    }

    @Test
    void forgetsItWhenItsTimeIsOver() {
        cache.keep(STAY, get("/things", "ada", "acme"), Response.text("kept"), MINUTE);
        now += TimeUnit.SECONDS.toNanos(61);
        assertThat(cache.find(STAY, get("/things", "ada", "acme"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/things, bob, acme", "/things, ada, other", "/others, ada, acme"})
    void isForNobodyElseAndNothingElse(String path, String who, String tenant) {
        cache.keep(STAY, get("/things", "ada", "acme"), Response.text("kept"), MINUTE);
        assertThat(cache.find(STAY, get(path, who, tenant))).isNull();
    }

    @Test
    void isForNoOtherQuery() {
        Get asked = (Get) get("/things", "ada", "acme");
        Request two = new Get(asked.path(), Map.of("a", List.of("1", "2")), asked.context());
        Request one = new Get(asked.path(), Map.of("a", List.of("1, 2")), asked.context());
        cache.keep(STAY, two, Response.text("kept"), MINUTE);

        assertThat(cache.find(STAY, two)).isNotNull();
        assertThat(cache.find(STAY, one)).isNull();
    }

    @Test
    void isGoneAfterASwitch() {
        cache.keep(STAY, get("/things", "ada", "acme"), Response.text("kept"), MINUTE);
        assertThat(cache.find(new Object(), get("/things", "ada", "acme"))).isNull();
    }

    @Test
    void keepsNothingThatMayNotBeKept() {
        Response secret = Response.text("x").with("Set-Cookie", "a=b");
        Response dynamic = Response.text("x").with("Cache-Control", "private, no-store");
        Response varied = Response.text("x").with("Vary", "X-Colour");
        Response large = Response.text("x".repeat(2_000));
        for (Response response : List.of(secret, dynamic, varied, large, Response.status(404))) {
            cache.keep(STAY, get("/things", "ada", "acme"), response, MINUTE);
            assertThat(cache.find(STAY, get("/things", "ada", "acme"))).isNull();
        }
    }

    private static Request get(String path, String who, String tenant) {
        TenantId id = new TenantId(tenant);
        CallContext context = new Call(
                Optional.of(id),
                Identity.user(who, id, Set.of()),
                Optional.empty(),
                "request-1",
                Optional.empty(),
                Long.MAX_VALUE,
                0);
        return new Get(path, Map.of(), context);
    }

    private record Get(String path, Map<String, List<String>> query, CallContext context) implements Request {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Map<String, String> pathParameters() {
            return Map.of();
        }

        @Override
        public Headers headers() {
            return Headers.none();
        }

        @Override
        public Body body() {
            return Body.empty();
        }
    }
}
