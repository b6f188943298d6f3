// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import dev.mortise.process.worker.launch.Child;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a member stood at one moment; what must be read of the system for it is read without the lock. */
record Snapshot(
        Slot slot,
        RuntimeState state,
        String reason,
        int restarts,
        Optional<Instant> nextTryAt,
        Optional<Instant> since,
        int port,
        @Nullable Child child) {
    /** With the lock. */
    static Snapshot of(Member member) {
        Running running = member.running;
        Start start = member.start;
        return new Snapshot(
                member.slot,
                member.state,
                member.reason,
                member.backoff.crashes(),
                member.nextTryAt,
                running == null ? Optional.empty() : Optional.of(running.since),
                running != null ? running.started.port() : start != null ? start.port() : 0,
                running != null ? running.started.child() : start != null ? start.child() : null);
    }

    Worker worker(PluginIdentity plugin, String node) {
        Optional<Long> rss = child == null || child.rss().isEmpty()
                ? Optional.empty()
                : Optional.of(child.rss().getAsLong());
        return new Worker(
                plugin.id().value(),
                plugin.version().text(),
                slot.tenant(),
                slot.instance(),
                node,
                port,
                child == null ? Optional.empty() : child.pid(),
                state,
                reason,
                restarts,
                nextTryAt,
                since,
                rss);
    }
}
