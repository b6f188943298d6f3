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
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
        cache.keep(STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        now += TimeUnit.SECONDS.toNanos(30);
        Response found = cache.find(STAY, get("/things", "ada", "acme"), "");
        assertThat(found.body().text()).isEqualTo("kept");
        assertThat(found.headers().first("Age")).contains("30");
    }

    @Test
    void forgetsItWhenItsTimeIsOver() {
        cache.keep(STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        now += TimeUnit.SECONDS.toNanos(61);
        assertThat(cache.find(STAY, get("/things", "ada", "acme"), "")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/things, bob, acme", "/things, ada, other", "/others, ada, acme"})
    void isForNobodyElseAndNothingElse(String path, String who, String tenant) {
        cache.keep(STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        assertThat(cache.find(STAY, get(path, who, tenant), "")).isNull();
    }

    @Test
    void isForNoOtherQuery() {
        Request asked = get("/things", "ada", "acme");
        cache.keep(STAY, asked, "a=1&a=2", Response.text("kept"), MINUTE);

        assertThat(cache.find(STAY, asked, "a=1&a=2")).isNotNull();
        assertThat(cache.find(STAY, asked, "a=1%2C%202")).isNull();
        assertThat(cache.find(STAY, asked, "")).isNull();
    }

    @Test
    void countsWhatWasAskedForWithTheAnswer() {
        String much = "n".repeat(20_000);
        Response small = Response.text("x");
        assertThat(keptOf(i -> get("/things/" + i + much, "ada", "acme"), small))
                .isBetween(1, 30);
        assertThat(keptOf(i -> get("/things", "ada" + i + much, "acme"), small)).isBetween(1, 30);
        assertThat(keptOf(i -> get("/things/" + i, "ada", "acme", Set.of(much)), small))
                .isBetween(1, 30);
        assertThat(keptOf(i -> get("/things/" + i, "ada", "acme").accepting(much), small))
                .isBetween(1, 30);
        assertThat(keptOf(i -> get("/things/" + i, "ada", "acme"), small.with("X-Much", much)))
                .isBetween(1, 30);
        assertThat(keptOf(i -> get("/things/" + i, "ada", "acme"), small)).isEqualTo(100);
    }

    @Test
    void countsTheQueryWithTheAnswer() {
        ResponseCache large = new ResponseCache(new CacheSettings(1 << 20, 1 << 16), () -> now);
        Get asked = get("/things", "ada", "acme");
        String much = "&n=1".repeat(5_000);
        for (int i = 0; i < 100; i++) {
            large.keep(STAY, asked, i + much, Response.text("x"), MINUTE);
        }

        long found = IntStream.range(0, 100)
                .filter(i -> large.find(STAY, asked, i + much) != null)
                .count();
        assertThat(found).isBetween(1L, 30L);
    }

    @Test
    void keepsNothingForWhichTooMuchWasAsked() {
        Request asked = get("/things", "ada", "acme");
        String much = "n=" + "1".repeat(2_000);
        cache.keep(STAY, asked, much, Response.text("x"), MINUTE);

        assertThat(cache.find(STAY, asked, much)).isNull();
    }

    /** Keeps the answer for a hundred requests and tells for how many of them it is still kept then. */
    private int keptOf(IntFunction<Get> asked, Response response) {
        ResponseCache large = new ResponseCache(new CacheSettings(1 << 20, 1 << 16), () -> now);
        IntStream.range(0, 100).forEach(i -> large.keep(STAY, asked.apply(i), "", response, MINUTE));
        return (int) IntStream.range(0, 100)
                .filter(i -> large.find(STAY, asked.apply(i), "") != null)
                .count();
    }

    @Test
    void isGoneAfterASwitch() {
        cache.keep(STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        assertThat(cache.find(new Object(), get("/things", "ada", "acme"), "")).isNull();
    }

    @Test
    void keepsNothingThatMayNotBeKept() {
        Response secret = Response.text("x").with("Set-Cookie", "a=b");
        Response dynamic = Response.text("x").with("Cache-Control", "private, no-store");
        Response varied = Response.text("x").with("Vary", "X-Colour");
        Response large = Response.text("x".repeat(2_000));
        for (Response response : List.of(secret, dynamic, varied, large, Response.status(404))) {
            cache.keep(STAY, get("/things", "ada", "acme"), "", response, MINUTE);
            assertThat(cache.find(STAY, get("/things", "ada", "acme"), "")).isNull();
        }
    }

    private static Get get(String path, String who, String tenant) {
        return get(path, who, tenant, Set.of());
    }

    private static Get get(String path, String who, String tenant, Set<String> permissions) {
        TenantId id = new TenantId(tenant);
        CallContext context = new Call(
                Optional.of(id),
                Identity.user(who, id, permissions),
                Optional.empty(),
                "request-1",
                Optional.empty(),
                Long.MAX_VALUE,
                0);
        return new Get(path, Headers.none(), context);
    }

    private record Get(String path, Headers headers, CallContext context) implements Request {
        Get accepting(String what) {
            return new Get(path, headers.with("Accept", what), context);
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Map<String, List<String>> query() {
            throw new AssertionError("A query that is read takes too much to be kept.");
        }

        @Override
        public Map<String, String> pathParameters() {
            return Map.of();
        }

        @Override
        public Body body() {
            return Body.empty();
        }
    }
}
