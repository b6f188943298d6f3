// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.process.worker.WorkerSettings.Pace;
import dev.mortise.process.worker.launch.Child;
import dev.mortise.process.worker.wire.Target;
import dev.mortise.process.worker.wire.WorkerCalls;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Ends processes, on a thread that may wait: calls in them are answered, they are told, and then they are made to. */
final class Ender {
    private final WorkerCalls calls;
    private final Supplier<WorkerSettings> settings;

    Ender(WorkerCalls calls, Supplier<WorkerSettings> settings) {
        this.calls = calls;
        this.settings = settings;
    }

    /** Ends a process that works. Returns when it is gone. */
    void end(Running running, Optional<String> disabled) {
        Child child = running.started.child();
        try {
            Pace pace = settings.get().pace();
            await(running.drained, pace.drain());
            tell(running.started.target(), child, disabled, pace.disable());
            child.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.started.release().run();
        }
    }

    private void tell(Target target, Child child, Optional<String> disabled, Duration limit)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        if (child.isAlive() && disabled.isPresent()) {
            calls.disable(target, disabled, limit);
        }
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (child.isAlive() && left.toMillis() > 0 && calls.disable(target, Optional.empty(), left)) {
            await(child.gone(), Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    /** Ends a process that is gone or does not answer. Returns when it is gone. */
    void kill(Running running) {
        try {
            running.started.child().kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.started.release().run();
        }
    }

    /** Ends a process that is not ready yet; its starter gives back what it had. Returns when it is gone. */
    void cancel(Start start) {
        Child child = start.child();
        try {
            if (child != null) {
                child.end();
            }
            await(start.result, settings.get().pace().drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CompletableFuture<?> done, Duration limit) throws InterruptedException {
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // what comes next does not depend on how it went
        }
    }
}
