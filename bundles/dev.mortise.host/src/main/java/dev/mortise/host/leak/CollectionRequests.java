// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Requests collections, seldom: all who ask meanwhile share the next one. */
final class CollectionRequests {
    private final ScheduledExecutorService timer;
    private final Executor executor;
    private final Runnable collector;
    private final Duration every;
    // The monitor guards who waits and when the next one may be.
    private Optional<CompletableFuture<Void>> next = Optional.empty();
    private long free = System.nanoTime();

    CollectionRequests(ScheduledExecutorService timer, Executor executor, Runnable collector, Duration every) {
        this.timer = timer;
        this.executor = executor;
        this.collector = collector;
        this.every = every;
    }

    /** Answers when a collection has been done that began after this call. */
    synchronized CompletableFuture<Void> request() {
        if (next.isEmpty()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            next = Optional.of(done);
            long wait = Math.max(0, free - System.nanoTime());
            var unused = timer.schedule(() -> executor.execute(() -> collect(done)), wait, TimeUnit.NANOSECONDS);
        }
        return next.orElseThrow();
    }

    private void collect(CompletableFuture<Void> done) {
        synchronized (this) {
            next = Optional.empty();
            free = System.nanoTime() + every.toNanos();
        }
        collector.run();
        done.complete(null);
    }
}
