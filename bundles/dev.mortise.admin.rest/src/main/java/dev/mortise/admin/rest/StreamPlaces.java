// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.SharedDataStore.StreamLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The streams that may be open at once: so many of all, and so many of one plugin for one tenant. */
final class StreamPlaces {
    private final Supplier<StreamLimits> limits;
    // The monitor guards both.
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    StreamPlaces(Supplier<StreamLimits> limits) {
        this.limits = limits;
    }

    /** A place, until it is closed. */
    final class Held implements AutoCloseable {
        private final String holder;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Held(String holder) {
            this.holder = holder;
        }

        /** Answers what bounds the stream that has the place. */
        StreamLimits limits() {
            return limits.get();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                give(holder);
            }
        }
    }

    synchronized Held take(SharedCaller caller) {
        String holder = caller.plugin().orElse("-") + " " + caller.tenant();
        StreamLimits most = limits.get();
        if (taken.getOrDefault(holder, 0) >= most.each()) {
            throw new MortiseException(
                    ErrorCode.RATE_LIMITED,
                    "'%s' watches shared data of tenant '%s' over %d connections, which is all that it may have. Watch a"
                                    .formatted(caller.identity(), caller.tenant(), most.each())
                            + " whole namespace over one, or raise 'shared.streams.each' in etc/data.properties.");
        }
        if (all >= most.most()) {
            throw Refusals.unavailable("Shared data is watched over " + most.most()
                    + " connections, which is all that there may be. Come again, or raise 'shared.streams.max' in"
                    + " etc/data.properties.");
        }
        taken.merge(holder, 1, Integer::sum);
        all++;
        return new Held(holder);
    }

    private synchronized void give(String holder) {
        taken.computeIfPresent(holder, (same, count) -> count == 1 ? null : count - 1);
        all--;
    }
}
