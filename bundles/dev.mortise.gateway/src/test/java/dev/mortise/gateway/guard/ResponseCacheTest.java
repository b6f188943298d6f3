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
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        now += TimeUnit.SECONDS.toNanos(30);
        Response found = find(cache, STAY, get("/things", "ada", "acme"), "");
        assertThat(found.body().text()).isEqualTo("kept");
        assertThat(found.headers().first("Age")).contains("30");
    }

    @Test
    void forgetsItWhenItsTimeIsOver() {
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        now += TimeUnit.SECONDS.toNanos(61);
        assertThat(find(cache, STAY, get("/things", "ada", "acme"), "")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/things, bob, acme", "/things, ada, other", "/others, ada, acme"})
    void isForNobodyElseAndNothingElse(String path, String who, String tenant) {
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        assertThat(find(cache, STAY, get(path, who, tenant), "")).isNull();
    }

    @Test
    void isForNoOtherQuery() {
        Get asked = get("/things", "ada", "acme");
        keep(cache, STAY, asked, "a=1&a=2", Response.text("kept"), MINUTE);

        assertThat(find(cache, STAY, asked, "a=1&a=2")).isNotNull();
        assertThat(find(cache, STAY, asked, "a=1%2C%202")).isNull();
        assertThat(find(cache, STAY, asked, "")).isNull();
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
            keep(large, STAY, asked, i + much, Response.text("x"), MINUTE);
        }

        long found = IntStream.range(0, 100)
                .filter(i -> find(large, STAY, asked, i + much) != null)
                .count();
        assertThat(found).isBetween(1L, 30L);
    }

    @Test
    void keepsNothingForWhichTooMuchWasAsked() {
        Get asked = get("/things", "ada", "acme");
        String much = "n=" + "1".repeat(2_000);
        keep(cache, STAY, asked, much, Response.text("x"), MINUTE);

        assertThat(find(cache, STAY, asked, much)).isNull();
    }

    /** Keeps the answer for a hundred requests and tells for how many of them it is still kept then. */
    private int keptOf(IntFunction<Get> asked, Response response) {
        ResponseCache large = new ResponseCache(new CacheSettings(1 << 20, 1 << 16), () -> now);
        IntStream.range(0, 100).forEach(i -> keep(large, STAY, asked.apply(i), "", response, MINUTE));
        return (int) IntStream.range(0, 100)
                .filter(i -> find(large, STAY, asked.apply(i), "") != null)
                .count();
    }

    @Test
    void isGoneAfterASwitch() {
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        assertThat(find(cache, new Object(), get("/things", "ada", "acme"), "")).isNull();
    }

    @Test
    void keepsNothingThatMayNotBeKept() {
        Response secret = Response.text("x").with("Set-Cookie", "a=b");
        Response dynamic = Response.text("x").with("Cache-Control", "private, no-store");
        Response varied = Response.text("x").with("Vary", "X-Colour");
        Response large = Response.text("x".repeat(2_000));
        for (Response response : List.of(secret, dynamic, varied, large, Response.status(404))) {
            keep(cache, STAY, get("/things", "ada", "acme"), "", response, MINUTE);
            assertThat(find(cache, STAY, get("/things", "ada", "acme"), "")).isNull();
        }
    }

    @Test
    void isOutdatedByAChangeOfItsPluginForItsTenant() {
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        keep(cache, STAY, get("/things", "ada", "other"), "", Response.text("kept"), MINUTE);
        cache.changed("shop", Optional.of(new TenantId("acme")));

        assertThat(find(cache, STAY, get("/things", "ada", "acme"), "")).isNull();
        assertThat(find(cache, STAY, get("/things", "ada", "other"), "")).isNotNull();
        assertThat(cache.count()).isEqualTo(1);
    }

    @Test
    void keepsNothingThatWasWorkedOutWhileSomethingChanged() {
        Get asked = get("/things", "ada", "acme");
        CacheKey before = cache.key("shop", STAY, asked, "");
        cache.changed("shop", Optional.of(new TenantId("acme")));
        cache.keep(before, asked, Response.text("old"), MINUTE);

        assertThat(find(cache, STAY, asked, "")).isNull();
        assertThat(cache.count()).isZero();
    }

    @Test
    void endsWithItsStay() {
        Object other = new Object();
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        keep(cache, other, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        cache.end(STAY);

        assertThat(cache.count()).isEqualTo(1);
        assertThat(find(cache, other, get("/things", "ada", "acme"), "")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control | max-age=10 | 9 | 11",
                "Cache-Control | max-age=600 | 59 | 61",
                "Cache-Control | s-maxage=10, max-age=20 | 9 | 11",
                "Expires | Thu, 01 Jan 2026 00:00:10 GMT | 9 | 11",
                "Expires | Thursday, 01-Jan-26 00:00:10 GMT | 9 | 11",
            })
    void livesNoLongerThanTheAnswerItselfSays(String field, String value, long kept, long gone) {
        Response answer = Response.text("kept")
                .with("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
                .with(field, value);
        keep(cache, STAY, get("/things", "ada", "acme"), "", answer, MINUTE);

        now = TimeUnit.SECONDS.toNanos(kept);
        assertThat(find(cache, STAY, get("/things", "ada", "acme"), "")).isNotNull();
        now = TimeUnit.SECONDS.toNanos(gone);
        assertThat(find(cache, STAY, get("/things", "ada", "acme"), "")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control | max-age=0",
                "Cache-Control | max-age=soon",
                "Cache-Control | s-maxage=0",
                "Cache-Control | no-cache=\"X-A\"",
                "Expires | 0"
            })
    void keepsNothingThatIsOverAtOnce(String field, String value) {
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("x").with(field, value), MINUTE);
        assertThat(cache.count()).isZero();
    }

    @Test
    void countsTheAgeThatAnAnswerCameWith() {
        Response answer =
                Response.text("kept").with("Cache-Control", "max-age=30").with("Age", "20");
        keep(cache, STAY, get("/things", "ada", "acme"), "", answer, MINUTE);
        now = TimeUnit.SECONDS.toNanos(5);

        assertThat(find(cache, STAY, get("/things", "ada", "acme"), "")
                        .headers()
                        .first("Age"))
                .contains("25");
        now = TimeUnit.SECONDS.toNanos(11);
        assertThat(find(cache, STAY, get("/things", "ada", "acme"), "")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"no-cache, false", "no-store, false", "max-age=0, false", "max-age=3, true"})
    void isNotForWhoeverWantsNothingKept(String wanted, boolean found) {
        keep(cache, STAY, get("/things", "ada", "acme"), "", Response.text("kept"), MINUTE);
        now = TimeUnit.SECONDS.toNanos(2);
        Get asked = get("/things", "ada", "acme").with("Cache-Control", wanted);

        assertThat(find(cache, STAY, asked, "") != null).isEqualTo(found);
    }

    @Test
    void keepsNothingOfARequestThatForbidsIt() {
        keep(
                cache,
                STAY,
                get("/things", "ada", "acme").with("Cache-Control", "no-store"),
                "",
                Response.text("x"),
                MINUTE);
        assertThat(cache.count()).isZero();
    }

    private static void keep(
            ResponseCache where, Object stay, Get asked, String query, Response response, CacheRule rule) {
        where.keep(where.key("shop", stay, asked, query), asked, response, rule);
    }

    private static Response find(ResponseCache where, Object stay, Get asked, String query) {
        return where.find(where.key("shop", stay, asked, query), asked, MINUTE);
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
            return with("Accept", what);
        }

        Get with(String field, String value) {
            return new Get(path, headers.with(field, value), context);
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
