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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
    /** What a text takes beside its characters, with its place in a list or map. */
    private static final int TEXT_BYTES = 100;

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
     * @param query as it was sent: the parameters of one that is read take many times as much
     */
    private record Key(
            Object stay,
            Optional<TenantId> tenant,
            Identity identity,
            Optional<String> caller,
            String path,
            String query,
            List<String> variant) {
        static Key of(Object stay, Request request, String rawQuery) {
            CallContext context = request.context();
            List<String> variant = KNOWN_VARIANTS.stream()
                    .sorted()
                    .map(name -> String.join(",", request.headers().all(name)))
                    .toList();
            return new Key(
                    stay, context.tenant(), context.identity(), context.caller(), request.path(), rawQuery, variant);
        }

        /** Answers the length of what whoever asks is free to make long. */
        long length() {
            long length = (long) path.length() + query.length();
            for (String value : variant) {
                length += value.length();
            }
            return length;
        }

        /** Answers about what it takes, at most: a character may need two bytes. */
        long bytes() {
            return 2 * length()
                    + TEXT_BYTES * (2L + variant.size())
                    + ResponseCache.bytes(identity.id())
                    + ResponseCache.bytes(identity.permissions());
        }
    }

    private record Kept(Response response, int bytes, long keptAt, Duration life) {}

    /**
     * Answers what is kept for the request, with its age; null when nothing is.
     *
     * @param rawQuery as it was sent, empty where there is none
     */
    public @Nullable Response find(Object stay, Request request, String rawQuery) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return null;
        }
        Kept kept = answers.getIfPresent(Key.of(stay, request, rawQuery));
        if (kept == null) {
            return null;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.read() - kept.keptAt());
        return kept.response().with("Age", Long.toString(seconds));
    }

    /**
     * Keeps an answer, if it is one that may be kept.
     *
     * @param rawQuery as it was sent, empty where there is none
     * @param response without an object of a plugin's class, see {@code Crossing}
     */
    public void keep(Object stay, Request request, String rawQuery, Response response, CacheRule rule) {
        if (!request.method().equals("GET") || !response.body().buffered() || !mayBeKept(response)) {
            return;
        }
        Key key = Key.of(stay, request, rawQuery);
        long length = response.body().length().orElse(Long.MAX_VALUE / 2);
        if (length + key.length() <= settings.entryBytes()) {
            long bytes = OVERHEAD_BYTES + length + key.bytes() + bytes(response.headers());
            answers.put(key, new Kept(response, (int) Math.min(Integer.MAX_VALUE, bytes), clock.read(), rule.life()));
        }
    }

    private static long bytes(Headers fields) {
        long bytes = 0;
        for (String name : fields.names()) {
            bytes += bytes(name) + bytes(fields.all(name));
        }
        return bytes;
    }

    private static long bytes(Collection<String> texts) {
        long bytes = 0;
        for (String text : texts) {
            bytes += bytes(text);
        }
        return bytes;
    }

    private static long bytes(String text) {
        return TEXT_BYTES + 2L * text.length();
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
