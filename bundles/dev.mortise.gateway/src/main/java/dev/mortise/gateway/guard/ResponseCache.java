// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.GuardSettings.CacheSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers of services that declare {@code cacheTTL}, each for the tenant, identity and plugin that got it. What is kept
 * belongs to one stay of a version: after a switch nobody asks for it any more.
 */
public final class ResponseCache {
    private static final int OVERHEAD_BYTES = 1024;
    private static final Set<String> KNOWN_VARIANTS = Set.of("accept", "accept-language", "accept-encoding");
    private static final Set<String> NOT_TO_KEEP = Set.of("no-store", "no-cache", "max-age=0");

    private final Cache<Key, Kept> answers;
    private volatile CacheSettings settings;
    private final Ticker clock;

    /** Makes an empty one. */
    public ResponseCache(CacheSettings settings) {
        this(settings, Ticker.systemTicker());
    }

    ResponseCache(CacheSettings settings, Ticker clock) {
        this.settings = settings;
        this.clock = clock;
        this.answers = Caffeine.newBuilder()
                .maximumWeight(settings.bytes())
                .weigher((Key key, Kept kept) -> kept.bytes())
                .expireAfter(Expiry.creating((Key key, Kept kept) -> kept.life()))
                .ticker(clock)
                // Keeping house takes less than waking another thread for it every few calls.
                .executor(Runnable::run)
                .build();
    }

    /** Takes other limits; what no longer fits in goes. */
    public void use(CacheSettings next) {
        settings = next;
        answers.policy().eviction().ifPresent(eviction -> eviction.setMaximum(next.bytes()));
    }

    /**
     * What an answer was for.
     *
     * @param stay the stay of the version that gave it
     */
    private record Key(
            Object stay,
            Optional<TenantId> tenant,
            Identity identity,
            Optional<String> caller,
            String path,
            Map<String, List<String>> query,
            List<String> variant) {
        static Key of(Object stay, Request request) {
            CallContext context = request.context();
            List<String> variant = KNOWN_VARIANTS.stream()
                    .sorted()
                    .map(name -> String.join(",", request.headers().all(name)))
                    .toList();
            return new Key(
                    stay,
                    context.tenant(),
                    context.identity(),
                    context.caller(),
                    request.path(),
                    request.query(),
                    variant);
        }
    }

    private record Kept(Response response, int bytes, long keptAt, Duration life) {}

    /** Answers what is kept for the request, with its age; null when nothing is. */
    public @Nullable Response find(Object stay, Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return null;
        }
        Kept kept = answers.getIfPresent(Key.of(stay, request));
        if (kept == null) {
            return null;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.read() - kept.keptAt());
        return kept.response().with("Age", Long.toString(seconds));
    }

    /**
     * Keeps an answer, if it is one that may be kept.
     *
     * @param response without an object of a plugin's class, see {@code Crossing}
     */
    public void keep(Object stay, Request request, Response response, CacheRule rule) {
        long length = response.body().buffered() ? response.body().length().orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
        if (request.method().equals("GET") && length <= settings.entryBytes() && mayBeKept(response)) {
            Kept kept = new Kept(response, OVERHEAD_BYTES + (int) length, clock.read(), rule.life());
            answers.put(Key.of(stay, request), kept);
        }
    }

    private static boolean mayBeKept(Response response) {
        Headers headers = response.headers();
        return response.status() == 200
                && headers.first("Set-Cookie").isEmpty()
                && KNOWN_VARIANTS.containsAll(words(headers, "Vary"))
                && words(headers, "Cache-Control").stream().noneMatch(NOT_TO_KEEP::contains);
    }

    private static List<String> words(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
