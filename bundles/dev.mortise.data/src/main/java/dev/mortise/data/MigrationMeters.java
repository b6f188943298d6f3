// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Measures what is done to plugins' schemas; follows the telemetry bundle. */
final class MigrationMeters {
    private static final Meters.Series ORDERS = new Meters.Series(
            "mortise.migrations", "What was done to schemas of plugins, by operation and outcome.", Map.of());
    private static final Meters.Series RUNNING =
            new Meters.Series("mortise.migrations.running", "How much of it runs on this node.", Map.of());

    private static final Meters.Series RECORDED = new Meters.Series(
            "mortise.plugins.recorded",
            "Plugin versions of which this node tells other nodes that it runs them.",
            Map.of());

    private final IntSupplier running;
    private final IntSupplier recorded;
    private final Map<Kind, Meters.Timer> timers = new ConcurrentHashMap<>();
    private volatile Meters source = Meters.NONE;
    private volatile Meters.Group group = Meters.NONE.open();

    MigrationMeters(IntSupplier running, IntSupplier recorded) {
        this.running = running;
        this.recorded = recorded;
    }

    private record Kind(String operation, String outcome) {}

    /** Measures there from now on. */
    synchronized void use(Meters meters) {
        close();
        source = meters;
        group = meters.open();
        group.gauge(RUNNING, running::getAsInt);
        group.gauge(RECORDED, recorded::getAsInt);
    }

    /** Measures nowhere, if it was there. */
    synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    /** Forgets all of it. */
    synchronized void close() {
        group.close();
        timers.clear();
    }

    /** Does something and measures it; {@code refused} tells of its answer whether it was done. */
    <T> T timed(String operation, Supplier<T> work, Predicate<T> refused) {
        long begin = System.nanoTime();
        String outcome = "failed";
        try {
            T answer = work.get();
            outcome = refused.test(answer) ? "refused" : "done";
            return answer;
        } finally {
            timers.computeIfAbsent(new Kind(operation, outcome), this::timer).record(System.nanoTime() - begin);
        }
    }

    private Meters.Timer timer(Kind kind) {
        return group.timer(ORDERS.with("operation", kind.operation).with("outcome", kind.outcome));
    }
}
