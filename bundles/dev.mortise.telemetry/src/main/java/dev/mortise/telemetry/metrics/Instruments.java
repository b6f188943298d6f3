// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import dev.mortise.kernel.port.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Makes Micrometer's meters of what is to be measured. */
final class Instruments {
    /** From calls inside the JVM, which take microseconds, to the default deadline. */
    private static final Duration[] BUCKETS = LongStream.of(
                    5,
                    10,
                    25,
                    50,
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000)
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private Instruments() {}

    static Held.Made<Meters.Counter> counter(Meters.Series series, MeterRegistry registry) {
        Counter counter = Counter.builder(series.name())
                .description(series.description())
                .tags(tags(series))
                .register(registry);
        return new Held.Made<>(counter::increment, counter);
    }

    static Held.Made<Meters.Timer> timer(Meters.Series series, MeterRegistry registry) {
        Timer timer = Timer.builder(series.name())
                .description(series.description())
                .tags(tags(series))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        return new Held.Made<>(nanos -> timer.record(nanos, TimeUnit.NANOSECONDS), timer);
    }

    static Held.Made<Sum> gauge(Meters.Series series, MeterRegistry registry) {
        Sum sum = new Sum();
        Gauge gauge = Gauge.builder(series.name(), sum, Sum::value)
                .description(series.description())
                .tags(tags(series))
                .strongReference(true)
                .register(registry);
        return new Held.Made<>(sum, gauge);
    }

    /** Answers what counts for nobody, to whoever comes to a group after its end. */
    static <T> T unseen(Meters.Series series, Class<T> type) {
        Meters.Group none = Meters.NONE.open();
        return type.cast(type == Meters.Counter.class ? none.counter(series) : none.timer(series));
    }

    private static List<Tag> tags(Meters.Series series) {
        return series.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                .toList();
    }
}
