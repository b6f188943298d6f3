// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import dev.mortise.kernel.shared.SharedRefusals;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what is watched with what it was, on one thread: again and again, and at once when something was written on
 * this node. What other nodes write is seen at the next look; nothing is notified, which would let all commits of the
 * database wait for one another. Without watches it does nothing.
 */
final class SharedWatches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedWatches.class);
    /** How long a request is kept waiting for a watch to begin: without a database each look at another one takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long FAULT_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final SharedDatabase database;
    private final SharedLimits limits;
    private final WatchRule rule;
    private final Duration patience;
    private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
    // Written by the thread alone.
    private final Map<Space, WatchedSpace> spaces = new ConcurrentHashMap<>();
    private final Set<Space> touched = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::work, "mortise-shared-watches");
    private volatile boolean closed;
    // These three belong to the thread.
    private boolean lost;
    private long lookedAtAll;
    private long looked;

    /** Watches nothing yet. */
    SharedWatches(SharedDatabase database, SharedLimits limits, WatchRule rule) {
        this(database, limits, rule, PATIENCE);
    }

    SharedWatches(SharedDatabase database, SharedLimits limits, WatchRule rule, Duration patience) {
        this.database = database;
        this.limits = limits;
        this.rule = rule;
        this.patience = patience;
        thread.setDaemon(true);
        thread.setContextClassLoader(SharedWatches.class.getClassLoader());
    }

    /** Begins. */
    void begin() {
        thread.start();
    }

    /** Hears that something was written on this node. Returns at once. */
    void touched(Space space) {
        if (spaces.containsKey(space) && touched.add(space)) {
            orders.add(this::look);
        }
    }

    /** Answers how many there are. */
    int count() {
        return spaces.values().stream().mapToInt(WatchedSpace::size).sum();
    }

    /** Begins to tell; what is written after this returned is told. */
    Watch watch(
            Space space,
            Optional<String> key,
            Optional<String> reader,
            Optional<SharedMark> since,
            Consumer<Change> listener) {
        SharedWatch watch = new SharedWatch(space, key, reader, listener, this::remove);
        CompletableFuture<Watch> begun = new CompletableFuture<>();
        refuseWhenClosed();
        orders.add(() -> {
            try {
                refuseWhenClosed();
                add(watch, since);
                begun.complete(watch);
            } catch (Throwable e) {
                begun.completeExceptionally(e);
            }
        });
        return await(begun, watch);
    }

    private Watch await(CompletableFuture<Watch> begun, SharedWatch watch) {
        try {
            return begun.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("The watch of {} did not begin within {}", watch.space(), patience);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MortiseException refusal
                    ? refusal
                    : new IllegalStateException("The watch did not begin.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watch.close();
        throw unavailable();
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw unavailable();
        }
    }

    private static MortiseException unavailable() {
        return new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "Shared data can't be watched now. Try again.");
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        spaces.values().forEach(watched -> watched.end(watch -> true));
    }

    private void add(SharedWatch watch, Optional<SharedMark> since) {
        if (!watch.open()) {
            // whoever wanted it has gone
            return;
        }
        Space space = watch.space();
        long has = spaces.values().stream()
                .mapToLong(watched -> watched.count(space.tenant(), watch.reader()))
                .sum();
        if (has >= limits.watches()) {
            throw SharedRefusals.watches(
                            space,
                            watch.reader().map(id -> "Plugin '" + id + "'").orElse("The administration"),
                            limits.watches())
                    .exception();
        }
        WatchedSpace watched = spaces.getOrDefault(space, new WatchedSpace(space));
        watched.look(database, Optional.of(watch));
        watched.add(watch, since);
        spaces.put(space, watched);
    }

    /** Called by whoever closes a watch, on any thread. */
    private void remove(SharedWatch watch) {
        orders.add(() -> {
            WatchedSpace watched = spaces.get(watch.space());
            if (watched != null && watched.remove(watch)) {
                spaces.remove(watch.space());
            }
        });
    }

    private void work() {
        lookedAtAll = System.nanoTime();
        looked = lookedAtAll;
        while (!closed) {
            try {
                Runnable order = spaces.isEmpty() ? orders.take() : orders.poll(pause(), TimeUnit.NANOSECONDS);
                if (order != null) {
                    order.run();
                }
                look();
            } catch (InterruptedException e) {
                LOG.debug("Shared data is watched no longer, if this is the end", e);
            } catch (Throwable e) {
                // all watches of this node have this thread and no other
                LockSupport.parkNanos(FAULT_PAUSE_NANOS);
                LOG.error("Shared data could not be watched; it goes on", e);
            }
        }
        // whoever still waits is refused
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
    }

    private long pause() {
        long nextOfAll = lookedAtAll + limits.poll().toNanos();
        long next = touched.isEmpty() ? nextOfAll : Math.min(nextOfAll, looked + LEAST_PAUSE_NANOS);
        return Math.max(0, next - System.nanoTime());
    }

    /** Many writes in a row make one look. */
    private void look() {
        long now = System.nanoTime();
        boolean all = now - lookedAtAll >= limits.poll().toNanos();
        if (!all && (touched.isEmpty() || now - looked < LEAST_PAUSE_NANOS)) {
            return;
        }
        looked = now;
        lookedAtAll = all ? now : lookedAtAll;
        Set<Space> due = new HashSet<>(all ? spaces.keySet() : touched);
        touched.removeAll(due);
        due.stream().map(spaces::get).filter(Objects::nonNull).forEach(this::lookSafely);
    }

    /** What befalls one must not keep the others from being looked at. */
    private void lookSafely(WatchedSpace watched) {
        try {
            look(watched);
            watched.fails(false);
        } catch (Throwable e) {
            if (!watched.fails(true)) {
                LOG.error("Shared data in {} could not be looked at; that is tried again", watched.space(), e);
            }
        }
    }

    private void look(WatchedSpace watched) {
        boolean waits = rule.waits(watched.space().tenant());
        watched.pause(waits);
        if (watched.end(rule::over)) {
            spaces.remove(watched.space());
        } else if (!waits) {
            lookNow(watched);
        }
    }

    private void lookNow(WatchedSpace watched) {
        try {
            watched.look(database, Optional.empty());
            lost = false;
        } catch (MortiseException e) {
            if (!lost && !closed) {
                LOG.warn("Shared data can't be watched until the database is back: {}", e.getMessage());
            }
            lost = true;
        }
    }
}
