// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import dev.mortise.kernel.port.Meters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Remembers which series it holds, to let go of each one once. */
final class MeterGroup implements Meters.Group {
    private final PrometheusMeters meters;
    // The monitor guards both.
    private final Map<Meters.Series, Object> held = new HashMap<>();
    private boolean closed;

    MeterGroup(PrometheusMeters meters) {
        this.meters = meters;
    }

    @Override
    public Meters.Counter counter(Meters.Series series) {
        return obtain(
                series,
                Meters.Counter.class,
                () -> meters.hold(series, Meters.Counter.class, registry -> Instruments.counter(series, registry)));
    }

    @Override
    public Meters.Timer timer(Meters.Series series) {
        return obtain(
                series,
                Meters.Timer.class,
                () -> meters.hold(series, Meters.Timer.class, registry -> Instruments.timer(series, registry)));
    }

    @Override
    public synchronized void gauge(Meters.Series series, DoubleSupplier value) {
        if (!closed) {
            Sum sum = obtain(
                    series,
                    Sum.class,
                    () -> meters.hold(series, Sum.class, registry -> Instruments.gauge(series, registry)));
            sum.add(this, value);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        held.forEach((series, use) -> {
            if (use instanceof Sum sum) {
                sum.remove(this);
            }
            meters.release(series);
        });
        held.clear();
    }

    private synchronized <T> T obtain(Meters.Series series, Class<T> type, Supplier<T> maker) {
        if (closed) {
            return type.cast(Instruments.unseen(series, type));
        }
        Object known = held.get(series);
        if (known == null) {
            known = maker.get();
            held.put(series, known);
        }
        return type.cast(known);
    }
}
