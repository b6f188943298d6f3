// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warnings that every call may give while something is out: the first of a kind is written at once, and of those that
 * follow one in some time, with the number of the others.
 */
final class RepeatedWarnings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedWarnings.class);

    private final LongSupplier nanos;
    private final ScheduledExecutorService timer = BoundedLines.timer();
    // Of those that something befell of late: plugins come and go.
    private final Map<Kind, Bound> bounds = new ConcurrentHashMap<>();
    private volatile Duration pause;

    private record Kind(String plugin, String what) {}

    private record Bound(LineLimit limit, BoundedLines lines) {}

    /**
     * Makes it.
     *
     * @param nanos the time, such as {@link System#nanoTime}
     */
    RepeatedWarnings(Duration pause, LongSupplier nanos) {
        this.pause = pause;
        this.nanos = nanos;
    }

    /** Lets a warning of a kind through once in this time. */
    void pause(Duration next) {
        pause = next;
        bounds.values().forEach(bound -> bound.limit.spread(next));
    }

    /**
     * Warns of a call.
     *
     * @param plugin whose call it was
     * @param what befell it, as a word behind "calls"
     */
    void warn(String plugin, String what, String sentence) {
        Kind kind = new Kind(plugin, what);
        if (!bounds.containsKey(kind)) {
            bounds.values().removeIf(bound -> bound.limit.idle());
        }
        bounds.computeIfAbsent(kind, this::bound).lines.write(() -> LOG.warn("plugin={} {}", plugin, sentence));
    }

    /** Answers of how many kinds it knows. */
    int kinds() {
        return bounds.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        bounds.values().forEach(bound -> bound.lines.close());
    }

    private Bound bound(Kind kind) {
        LineLimit limit = new LineLimit(1, pause, nanos);
        return new Bound(
                limit,
                new BoundedLines(
                        limit,
                        timer,
                        more -> LOG.warn(
                                "plugin={} {} more calls {}; repeated.warnings.seconds kept their lines out",
                                kind.plugin,
                                more,
                                kind.what)));
    }
}
