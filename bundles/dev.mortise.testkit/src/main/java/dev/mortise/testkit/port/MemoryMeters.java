// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.kernel.port.Meters;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** Counts in memory. A series is told as its name and its tags in order: {@code calls{method=GET, plugin=a}}. */
public final class MemoryMeters implements Meters {
    private final Map<Series, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Collection<MemoryGroup> groups = new CopyOnWriteArrayList<>();

    @Override
    public Group open() {
        MemoryGroup group = new MemoryGroup();
        groups.add(group);
        return group;
    }

    /** Answers what open groups counted, how often they measured, and what their gauges say now. */
    public Map<String, Long> all() {
        Map<String, Long> all = new TreeMap<>();
        for (MemoryGroup group : groups) {
            group.held.forEach(series -> all.put(text(series), count(series).get()));
            group.gauges.forEach((series, value) -> all.merge(text(series), (long) value.getAsDouble(), Long::sum));
        }
        return all;
    }

    /** Answers those of one name. */
    public Map<String, Long> of(String name) {
        return all().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "{"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private AtomicLong count(Series series) {
        return counts.computeIfAbsent(series, made -> new AtomicLong());
    }

    private static String text(Series series) {
        return series.name() + new TreeMap<>(series.tags());
    }

    private final class MemoryGroup implements Group {
        private final Set<Series> held = ConcurrentHashMap.newKeySet();
        private final Map<Series, DoubleSupplier> gauges = new ConcurrentHashMap<>();

        @Override
        public Counter counter(Series series) {
            return hold(series)::addAndGet;
        }

        @Override
        public Timer timer(Series series) {
            AtomicLong count = hold(series);
            return nanos -> count.incrementAndGet();
        }

        @Override
        public void gauge(Series series, DoubleSupplier value) {
            gauges.put(series, value);
        }

        @Override
        public void close() {
            groups.remove(this);
            Set<Series> gone = new HashSet<>(held);
            groups.forEach(other -> gone.removeAll(other.held));
            counts.keySet().removeAll(gone);
        }

        private AtomicLong hold(Series series) {
            held.add(series);
            return count(series);
        }
    }
}
