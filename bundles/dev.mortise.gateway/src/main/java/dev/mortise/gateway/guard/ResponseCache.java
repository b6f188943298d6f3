// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.field.CacheControl;
import dev.mortise.gateway.guard.GuardSettings.CacheSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers of services that declare {@code cacheTTL}, each for the tenant, identity and plugin that got it (RFC 9111).
 * What is kept belongs to one stay of a version and ends with it; a call that changes something outdates what is kept of
 * its plugin for its tenant.
 */
public final class ResponseCache {
    private static final int OVERHEAD_BYTES = 1024;

    private final Cache<CacheKey, Kept> answers;
    private final Map<Lot.Name, Lot> lots = new ConcurrentHashMap<>();
    private final Set<Object> stays = ConcurrentHashMap.newKeySet();
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
                .weigher((CacheKey key, Kept kept) -> kept.bytes())
                .expireAfter(Expiry.creating((CacheKey key, Kept kept) -> kept.life()))
                .evictionListener((@Nullable CacheKey key, @Nullable Kept kept, RemovalCause cause) -> forget(key))
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

    private record Kept(Response response, int bytes, long keptAt, Duration life) {}

    /** Takes note of a stay whose answers are kept; answers whether it is new: {@link #end} is due at its end then. */
    public boolean begins(Object stay) {
        return stays.add(stay);
    }

    /**
     * Answers under what the answer to a request is kept. To be made before the request is handled: an answer that was worked
     * out while something changed is found by nobody then.
     *
     * @param rawQuery as it was sent, empty where there is none
     */
    public CacheKey key(String plugin, Object stay, Request request, String rawQuery) {
        Lot lot = lots.computeIfAbsent(new Lot.Name(plugin, request.context().tenant()), Lot::new);
        return CacheKey.of(lot, stay, request, rawQuery);
    }

    /**
     * Answers what is kept for the request, with its age; null when nothing is, or its sender wants nothing that was kept.
     * What was kept under another rule counts for no longer than this one says.
     */
    public @Nullable Response find(CacheKey key, Request request, CacheRule rule) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return null;
        }
        CacheControl wanted = CacheControl.of(request.headers());
        Kept kept = wanted.forbids() ? null : answers.getIfPresent(key);
        if (kept == null) {
            return null;
        }
        long nanos = clock.read() - kept.keptAt();
        if (nanos >= rule.life().toNanos()) {
            return null;
        }
        long seconds = CacheControl.age(kept.response().headers()) + TimeUnit.NANOSECONDS.toSeconds(nanos);
        return seconds > wanted.seconds("max-age").orElse(Long.MAX_VALUE)
                ? null
                : kept.response().with("Age", Long.toString(seconds));
    }

    /**
     * Keeps an answer, if it is one that may be kept.
     *
     * @param response without an object of a plugin's class, see {@code Crossing}
     */
    public void keep(CacheKey key, Request request, Response response, CacheRule rule) {
        Duration life = CacheControl.life(response.headers(), rule.life());
        if (!request.method().equals("GET")
                || CacheControl.of(request.headers()).forbidsKeeping()
                || life.isZero()
                || !mayBeKept(response)) {
            return;
        }
        long length = response.body().length().orElse(Long.MAX_VALUE / 2);
        if (length + key.length() <= settings.entryBytes()) {
            long bytes = OVERHEAD_BYTES + length + key.bytes() + Weights.of(response.headers());
            key.lot().keys().add(key);
            answers.put(key, new Kept(response, (int) Math.min(Integer.MAX_VALUE, bytes), clock.read(), life));
            if (lots.get(key.lot().name()) != key.lot()) {
                drop(key.lot()); // something changed meanwhile
            }
        }
    }

    /** A call changed something of a plugin for a tenant: what is kept of it is of no more use (RFC 9111, section 4.4). */
    public void changed(String plugin, Optional<TenantId> tenant) {
        Lot lot = lots.remove(new Lot.Name(plugin, tenant));
        if (lot != null) {
            drop(lot);
        }
    }

    /** Forgets all that was kept of a stay that is over. */
    public void end(Object stay) {
        stays.remove(stay);
        for (Lot lot : lots.values()) {
            lot.keys().stream().filter(key -> key.stay() == stay).forEach(this::drop);
        }
        lots.values().removeIf(lot -> lot.keys().isEmpty());
    }

    /** Answers how many answers are kept. */
    public long count() {
        answers.cleanUp();
        return answers.estimatedSize();
    }

    private void drop(Lot lot) {
        lot.keys().forEach(this::drop);
    }

    private void drop(CacheKey key) {
        answers.invalidate(key);
        key.lot().keys().remove(key);
    }

    private static void forget(@Nullable CacheKey key) {
        if (key != null) {
            key.lot().keys().remove(key);
        }
    }

    private static boolean mayBeKept(Response response) {
        Headers headers = response.headers();
        return response.status() == 200
                && response.body().buffered()
                && headers.first("Set-Cookie").isEmpty()
                && !CacheControl.of(headers).forbids()
                && headers.all("Vary").stream()
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(word -> word.strip().toLowerCase(Locale.ROOT))
                        .allMatch(word -> word.isEmpty() || CacheKey.VARIANTS.contains(word));
    }
}
