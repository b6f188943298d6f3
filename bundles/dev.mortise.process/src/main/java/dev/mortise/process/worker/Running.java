// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.RemoteInstances.End;
import dev.mortise.kernel.port.WorkerFleet.Surface;
import dev.mortise.process.worker.launch.Child;
import dev.mortise.process.worker.wire.Target;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that became ready, and the calls in it. All but what never changes is guarded by the fleet's lock. */
final class Running {
    private static final int MISSES = 3;
    private static final long EJECTED_NANOS = TimeUnit.SECONDS.toNanos(10);

    final Started started;
    final Surface surface;
    final Instant since = Instant.now();
    final long sinceNanos = System.nanoTime();
    final CompletableFuture<Void> drained = new CompletableFuture<>();

    int inFlight;
    long lastUse = sinceNanos;
    boolean leaving;
    boolean unwell;

    /** A call could not be sent to it: it is gone and that is not heard of yet, or it does not listen. */
    boolean unreached;

    boolean probing;
    long probedAt = sinceNanos;
    private int silent;
    private int missed;
    private long ejectedUntil = sinceNanos;

    /**
     * A process that was started.
     *
     * @param given what it was handed over
     * @param release gives back all that it had; called once, when it is gone
     */
    record Started(Child child, Target target, int port, String nonce, Given given, Runnable release) {}

    Running(Started started, Surface surface) {
        this.started = started;
        this.surface = surface;
    }

    /** Tells whether calls may go there. */
    boolean takesCalls() {
        return !leaving && !unwell && !lost();
    }

    /** Tells whether it does not listen, so that it answers soon that it does, or is replaced. */
    boolean lost() {
        return unreached || !started.child().isAlive();
    }

    /** Tells whether it missed calls lately, so that others are better. */
    boolean ejected(long now) {
        return now - ejectedUntil < 0;
    }

    void taken(long now) {
        inFlight++;
        lastUse = now;
    }

    void given(End end, long now) {
        inFlight--;
        lastUse = now;
        if (end == End.WELL) {
            missed = 0;
        } else if (end == End.UNREACHED) {
            unreached = true;
        } else if (end == End.MISSED && ++missed >= MISSES) {
            missed = 0;
            ejectedUntil = now + EJECTED_NANOS;
        }
        if (leaving && inFlight == 0) {
            drained.complete(null);
        }
    }

    void probed(long now) {
        probing = false;
        probedAt = now;
    }

    /** It did not answer how it is; answers how often in a row. */
    int silent() {
        return ++silent;
    }

    void answered() {
        silent = 0;
        unreached = false;
    }

    /** No more calls go there. */
    void leave() {
        leaving = true;
        if (inFlight == 0) {
            drained.complete(null);
        }
    }
}
