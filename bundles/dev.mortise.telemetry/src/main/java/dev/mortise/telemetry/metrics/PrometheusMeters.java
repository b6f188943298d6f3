// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import dev.mortise.kernel.port.Meters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Meters in Micrometer's registry for Prometheus. The registry is made for the first meter, which costs a tenth of a
 * second that a start need not wait for; what is read only now and then, such as the figures of the JVM, joins when
 * somebody looks for the first time.
 */
@Component(service = {Meters.class, PrometheusMeters.class})
public final class PrometheusMeters implements Meters {
    // The monitor guards all of these; nobody takes it to count or to measure.
    private final Map<Series, Held<?>> held = new HashMap<>();
    private @Nullable PrometheusMeterRegistry registry;
    private boolean watched;

    @Override
    public Group open() {
        return new MeterGroup(this);
    }

    /** Answers everything as text in the format that fits what is accepted. */
    Page scrape(Optional<String> accept) {
        PrometheusMeterRegistry all = watched();
        String type = Page.type(accept);
        return new Page(type, all.scrape(type));
    }

    /** Answers the meter of a series to one more group, making it when there is none. */
    synchronized <T> T hold(Series series, Class<T> type, Function<PrometheusMeterRegistry, Held.Made<T>> maker) {
        Held<?> known = held.get(series);
        if (known == null) {
            known = new Held<>(maker.apply(registry()));
            held.put(series, known);
        }
        known.take();
        return type.cast(known.use());
    }

    /** Takes a series from a group; the last one takes the meter with it. */
    synchronized void release(Series series) {
        Held<?> known = held.get(series);
        if (known != null && known.giveBack()) {
            held.remove(series);
            Meter meter = known.meter();
            registry().remove(meter);
        }
    }

    @Deactivate
    synchronized void close() {
        if (registry != null) {
            registry.close();
        }
    }

    private synchronized PrometheusMeterRegistry watched() {
        if (!watched) {
            watched = true;
            JvmFigures.bindTo(registry());
        }
        return registry();
    }

    private PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry known = registry;
        if (known == null) {
            known = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            registry = known;
        }
        return known;
    }
}
