// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.model.RuntimeState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One place of a fleet, with or without a process, and what is to become of it. Guarded by the fleet's lock. */
final class Member {
    final Slot slot;
    final Backoff backoff;

    RuntimeState state = RuntimeState.STOPPED;
    String reason = "It was not started yet.";

    @Nullable
    Start start;

    @Nullable
    Running running;

    /** Completes when the process that was here last is gone; the next one waits for it. */
    CompletableFuture<Void> leaving = CompletableFuture.completedFuture(null);

    /** An operator ended it, until an operator starts it. */
    boolean held;

    /** When it is started again, if it is. */
    Optional<Instant> nextTryAt = Optional.empty();

    /** Whether what failed last had been ready before: worth waiting for. */
    boolean wasReady;

    private long nextTryNanos;

    Member(Slot slot, Backoff backoff) {
        this.slot = slot;
        this.backoff = backoff;
    }

    boolean takesCalls() {
        Running here = running;
        return here != null && here.takesCalls();
    }

    /** Tells whether its process does not listen, and nobody has seen yet why. */
    boolean lost() {
        Running here = running;
        return here != null && !here.leaving && here.lost();
    }

    /** Tells whether it has a process, or soon has. */
    boolean counts() {
        return running != null || start != null;
    }

    void began(Start begun) {
        start = begun;
        state = RuntimeState.STARTING;
        reason = "";
        nextTryAt = Optional.empty();
    }

    void ready(Running made) {
        start = null;
        running = made;
        state = RuntimeState.READY;
        reason = "";
    }

    void stopped(String why) {
        start = null;
        running = null;
        state = RuntimeState.STOPPED;
        reason = why;
        nextTryAt = Optional.empty();
    }

    /** Its process is gone and nobody wanted that. */
    void crashed(String why, Duration up, boolean ready) {
        start = null;
        running = null;
        wasReady = ready;
        state = RuntimeState.ERROR;
        Optional<Duration> pause = backoff.crashed(up);
        nextTryAt = pause.map(Instant.now()::plus);
        nextTryNanos = System.nanoTime() + pause.orElse(Duration.ZERO).toNanos();
        reason = pause.isPresent()
                ? why
                : why + " It was started " + backoff.crashes() + " times; an order 'worker start' or 'worker restart'"
                        + " starts it again.";
    }

    /** Tells whether its next try is due. */
    boolean due(long now) {
        return nextTryAt.isPresent() && start == null && running == null && !held && now - nextTryNanos >= 0;
    }

    /** Tells whether its next try comes before a moment. */
    boolean comesBackBefore(long moment) {
        return nextTryAt.isPresent() && nextTryNanos - moment < 0;
    }

    /** Tells whether a call may start it. */
    boolean startable() {
        return !held && !counts() && nextTryAt.isEmpty() && state == RuntimeState.STOPPED;
    }
}
