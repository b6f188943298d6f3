// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    // As many as there are plugins, times the few things that befall calls.
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
        bounds.computeIfAbsent(new Kind(plugin, what), this::bound)
                .lines
                .write(() -> LOG.warn("plugin={} {}", plugin, sentence));
    }

    @Override
    public void close() {
        bounds.values().forEach(bound -> bound.lines.close());
    }

    private Bound bound(Kind kind) {
        LineLimit limit = new LineLimit(1, pause, nanos);
        return new Bound(
                limit,
                new BoundedLines(
                        limit,
                        more -> LOG.warn(
                                "plugin={} {} more calls {}; repeated.warnings.seconds kept their lines out",
                                kind.plugin,
                                more,
                                kind.what)));
    }
}
