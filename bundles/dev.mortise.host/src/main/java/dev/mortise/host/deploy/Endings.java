// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.kernel.port.Routing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends runs: waits for their calls, as long as that takes or may take, and retires them. Lives on the sequencer's thread. */
final class Endings {
    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Routing routing;
    private final Duration drain;
    private final Sequence sequence;
    private final Permits permits;
    private final Deque<Retirement> queue = new ArrayDeque<>();

    /**
     * Makes endings.
     *
     * @param permits how many end at a time: a thousand that wait for the framework's locks hold each other up
     */
    Endings(Routing routing, Duration drain, Sequence sequence, Permits permits) {
        this.routing = routing;
        this.drain = drain;
        this.sequence = sequence;
        this.permits = permits;
    }

    private record Retirement(Row row, Running run, CompletableFuture<Void> over) {}

    /**
     * Ends a run that calls may still be in; routing no longer knows it.
     *
     * @param idle runs when its last call has ended
     */
    void drainAndRetire(Row row, Runnable idle, Runnable afterwards) {
        row.running().ifPresent(run -> {
            CompletableFuture<Void> over = new CompletableFuture<>();
            var unused = drained(row)
                    .thenRun(() -> sequence.post(() -> {
                        idle.run();
                        retire(new Retirement(row, run, over));
                    }));
            end(row, over, afterwards);
        });
    }

    /** Ends a run that no call can be in. */
    void retire(Row row, Runnable afterwards) {
        row.running().ifPresent(run -> {
            CompletableFuture<Void> over = new CompletableFuture<>();
            end(row, over, afterwards);
            retire(new Retirement(row, run, over));
        });
    }

    private void retire(Retirement next) {
        queue.add(next);
        retireThose();
    }

    private void retireThose() {
        while (!queue.isEmpty() && permits.take(queue.element().row().artifact().digest())) {
            Retirement next = queue.remove();
            next.run()
                    .retire()
                    .whenComplete((nothing, failure) -> sequence.post(() -> {
                        permits.giveBack(next.row().artifact().digest());
                        retireThose();
                        if (failure == null) {
                            next.over().complete(null);
                        } else {
                            next.over().completeExceptionally(failure);
                        }
                    }));
        }
        if (!queue.isEmpty()) {
            permits.untilFree().ifPresent(time -> sequence.postIn(time, this::retireThose));
        }
    }

    /** Waits for the calls of a version, at most so long as is configured; never fails. */
    CompletableFuture<Void> drained(Row row) {
        return routing.drained(row.artifact().identity())
                .toCompletableFuture()
                .orTimeout(drain.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    String why = failure instanceof TimeoutException
                            ? "still has calls after " + drain.toSeconds() + " s"
                            : "can't be drained: " + failure;
                    LOG.warn(
                            "plugin={} {}; it is stopped under them",
                            row.artifact().identity(),
                            why);
                    return null;
                });
    }

    private void end(Row row, CompletionStage<Void> over, Runnable afterwards) {
        Running run = row.running().orElseThrow();
        row.ending(true);
        over.whenComplete((nothing, failure) -> sequence.post(() -> {
            row.ending(false);
            if (failure != null) {
                LOG.warn(
                        "plugin={} did not end in order: {}",
                        row.artifact().identity(),
                        String.valueOf(failure),
                        failure);
            }
            if (row.running().filter(run::equals).isPresent()) {
                row.ended();
                afterwards.run();
            }
        }));
    }
}
