// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.Meters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Counts starts and crashes of processes and shows how many there are, by plugin; follows the telemetry bundle. */
public final class WorkerMeters {
    private static final Meters.Series STARTS =
            new Meters.Series("mortise.workers.starts", "Processes of plugins that became ready.", Map.of());
    private static final Meters.Series CRASHES = new Meters.Series(
            "mortise.workers.crashes", "Processes of plugins that ended by themselves or did not start.", Map.of());
    private static final Meters.Series RUNNING =
            new Meters.Series("mortise.workers.running", "Processes of plugins that are ready.", Map.of());
    private static final Meters.Series WAITING =
            new Meters.Series("mortise.workers.waiting", "Calls that wait for a process to become ready.", Map.of());

    // The monitor guards these.
    private Meters source = Meters.NONE;
    private final Map<Object, Shown> shown = new HashMap<>();

    private record Shown(String plugin, DoubleSupplier running, DoubleSupplier waiting, Meters.Group group) {}

    /** Counts there from now on. */
    public synchronized void use(Meters meters) {
        source = meters;
        shown.replaceAll((fleet, before) -> {
            before.group.close();
            return open(before.plugin, before.running, before.waiting);
        });
    }

    /** Counts nowhere, if it was there. */
    public synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    synchronized void show(Object fleet, String plugin, DoubleSupplier running, DoubleSupplier waiting) {
        shown.put(fleet, open(plugin, running, waiting));
    }

    private Shown open(String plugin, DoubleSupplier running, DoubleSupplier waiting) {
        Meters.Group group = source.open();
        group.gauge(RUNNING.with("plugin", plugin), running);
        group.gauge(WAITING.with("plugin", plugin), waiting);
        group.counter(STARTS.with("plugin", plugin)); // from zero on
        group.counter(CRASHES.with("plugin", plugin));
        return new Shown(plugin, running, waiting, group);
    }

    synchronized void hide(Object fleet) {
        Shown before = shown.remove(fleet);
        if (before != null) {
            before.group.close();
        }
    }

    void started(Object fleet) {
        count(fleet, STARTS);
    }

    void crashed(Object fleet) {
        count(fleet, CRASHES);
    }

    private synchronized void count(Object fleet, Meters.Series series) {
        Shown now = shown.get(fleet);
        if (now != null) {
            now.group.counter(series.with("plugin", now.plugin)).add(1);
        }
    }
}
