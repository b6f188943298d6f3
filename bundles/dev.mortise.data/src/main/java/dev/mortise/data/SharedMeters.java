// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Measures what plugins do with shared data, from the first time on; follows the telemetry bundle. */
final class SharedMeters {
    private static final Meters.Series OPERATIONS = new Meters.Series(
            "mortise.shared.operations", "Operations on shared data, by plugin, kind and outcome.", Map.of());
    private static final Meters.Series KEYS = new Meters.Series(
            "mortise.shared.keys",
            "Keys of shared data of a plugin, as the node that last deleted what has expired counted them.",
            Map.of());
    private static final Meters.Series BYTES =
            new Meters.Series("mortise.shared.bytes", "Bytes of the values under these keys.", Map.of());

    private final Function<String, SharedQuota.Usage> usage;
    private final Map<String, OfPlugin> plugins = new ConcurrentHashMap<>();
    private volatile Meters source = Meters.NONE;

    /** Shows what the function answers for a plugin. */
    SharedMeters(Function<String, SharedQuota.Usage> usage) {
        this.usage = usage;
    }

    private record Kind(String operation, String outcome) {}

    private record OfPlugin(Meters.Group group, Map<Kind, Meters.Timer> timers) {}

    /** Measures there from now on. */
    synchronized void use(Meters meters) {
        source = meters;
        close();
    }

    /** Measures nowhere, if it was there. */
    synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    /** Records one operation. */
    void record(String plugin, String operation, String outcome, long nanos) {
        OfPlugin meters = plugins.get(plugin);
        (meters == null ? open(plugin) : meters)
                .timers
                .computeIfAbsent(new Kind(operation, outcome), kind -> timer(plugin, kind))
                .record(nanos);
    }

    /** Forgets a plugin that has gone. */
    synchronized void forget(String plugin) {
        OfPlugin gone = plugins.remove(plugin);
        if (gone != null) {
            gone.group.close();
        }
    }

    /** Forgets all of it. */
    synchronized void close() {
        plugins.keySet().forEach(this::forget);
    }

    private synchronized OfPlugin open(String plugin) {
        return plugins.computeIfAbsent(plugin, id -> {
            Meters.Group group = source.open();
            group.gauge(KEYS.with("plugin", id), () -> usage.apply(id).keys());
            group.gauge(BYTES.with("plugin", id), () -> usage.apply(id).bytes());
            return new OfPlugin(group, new ConcurrentHashMap<>());
        });
    }

    private Meters.Timer timer(String plugin, Kind kind) {
        return open(plugin)
                .group
                .timer(OPERATIONS
                        .with("plugin", plugin)
                        .with("operation", kind.operation)
                        .with("outcome", kind.outcome));
    }
}
