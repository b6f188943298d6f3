// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** For which tenants one running version of a plugin was started: for each once, until it is disabled for it. */
public final class TenantStarts {
    private final TenantHooks hooks;
    private final BiConsumer<TenantId, Optional<String>> ended;
    private final Map<TenantId, Begun> begun = new ConcurrentHashMap<>();

    /**
     * A start.
     *
     * @param since when it was begun, by the clock that counts nanoseconds
     * @param called when the tenant called last, by the same clock; nothing before the first call
     */
    private record Begun(
            CompletableFuture<Optional<String>> start, long since, AtomicReference<@Nullable Long> called) {
        Begun(CompletableFuture<Optional<String>> start) {
            this(start, System.nanoTime(), new AtomicReference<>());
        }
    }

    /** Nobody is started yet; {@code ended} hears how each start went, on whatever thread it ended. */
    public TenantStarts(TenantHooks hooks, BiConsumer<TenantId, Optional<String>> ended) {
        this.hooks = hooks;
        this.ended = ended;
    }

    /** Starts for a tenant, unless that was begun before; completes with why the start hook failed, if it did. */
    public CompletableFuture<Optional<String>> start(TenantId tenant) {
        return started(tenant).start;
    }

    private Begun started(TenantId tenant) {
        Begun known = begun.get(tenant);
        return known != null ? known : begun.computeIfAbsent(tenant, this::begin);
    }

    private Begun begin(TenantId tenant) {
        CompletableFuture<Optional<String>> start = hooks.start(tenant);
        var unused = start.thenAccept(failure -> {
            if (counts(tenant, start)) {
                ended.accept(tenant, failure);
            }
        });
        return new Begun(start);
    }

    /** One that was forgotten says nothing about the one that was begun after it. */
    private boolean counts(TenantId tenant, CompletableFuture<Optional<String>> start) {
        Begun known = begun.get(tenant);
        return known == null || known.start == start;
    }

    /** Starts for a tenant, unless a start goes on; completes as {@link #start}. */
    CompletableFuture<Optional<String>> startAnew(TenantId tenant) {
        begun.computeIfPresent(tenant, (same, known) -> known.start.isDone() ? null : known);
        return start(tenant);
    }

    /** Starts for a tenant, unless that was begun before; waits for it, but not longer after that than this. */
    void enter(TenantId tenant, Duration patience) {
        Begun one = started(tenant);
        one.called.lazySet(System.nanoTime());
        if (!one.start.isDone()) {
            Tenancy.await(one.start, patience.minusNanos(System.nanoTime() - one.since));
        }
    }

    /** Answers those that called not longer ago than this, the last one first. */
    List<TenantId> calledWithin(Duration time) {
        long now = System.nanoTime();
        Map<TenantId, Long> ago = new HashMap<>();
        begun.forEach((tenant, one) -> {
            Long called = one.called.get();
            if (called != null && now - called <= time.toNanos()) {
                ago.put(tenant, now - called);
            }
        });
        return ago.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Answers what came of the start for a tenant; empty while it was not begun or goes on. */
    public Optional<Optional<String>> outcome(TenantId tenant) {
        Begun known = begun.get(tenant);
        return known != null && known.start.isDone() ? Optional.of(known.start.join()) : Optional.empty();
    }

    /** A start that ended came to another end later, or never was begun and yet there is one. */
    public void turned(TenantId tenant, Optional<String> failure) {
        Begun known = begun.get(tenant);
        boolean news =
                known == null || (known.start.isDone() && !known.start.join().equals(failure));
        Begun next = new Begun(CompletableFuture.completedFuture(failure));
        boolean taken =
                news && (known == null ? begun.putIfAbsent(tenant, next) == null : begun.replace(tenant, known, next));
        if (taken) {
            ended.accept(tenant, failure);
        }
    }

    /** Tells whether a start was begun and goes on. */
    boolean starting(TenantId tenant) {
        Begun known = begun.get(tenant);
        return known != null && !known.start.isDone();
    }

    /** Tells whether a start was begun and waits for its turn. */
    boolean waits(TenantId tenant) {
        return starting(tenant) && hooks.waits(tenant);
    }

    /** Lets the next call, or order, start anew; answers whether it had been started. */
    boolean forget(TenantId tenant) {
        return begun.remove(tenant) != null;
    }

    CompletableFuture<Void> disable(TenantId tenant) {
        boolean known = forget(tenant);
        return known || hooks.beginsWithAll() ? hooks.disable(tenant) : CompletableFuture.completedFuture(null);
    }

    /** Answers the hooks, for what has nothing to do with a start. */
    public TenantHooks hooks() {
        return hooks;
    }
}
