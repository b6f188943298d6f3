// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Counts and measures, for whoever watches the container. Implemented by the telemetry bundle; where that is missing,
 * {@link #NONE} stands in its place.
 */
public interface Meters {
    /** Measures nothing. */
    Meters NONE = new NoMeters();

    /** Opens a set of meters that end together. */
    Group open();

    /**
     * Meters that end together, such as those of one plugin version. The same series in several groups is one meter: it
     * goes when the last of them closes.
     */
    interface Group extends AutoCloseable {
        /** Answers what counts for a series. Keep it: finding it costs more than counting does. */
        Counter counter(Series series);

        /** Answers what measures times for a series. Keep it: finding it costs more than measuring does. */
        Timer timer(Series series);

        /** Shows a value that is read whenever somebody looks; several of one series add up. */
        void gauge(Series series, DoubleSupplier value);

        /** Forgets the meters; what was obtained of them may be used on, and is seen no more. */
        @Override
        void close();
    }

    /** Counts; costs less than 100 ns, from any thread. */
    interface Counter {
        /** Counts some more. */
        void add(long amount);
    }

    /** Measures how often and how long; costs about 100 ns, from any thread. */
    interface Timer {
        /** Records that something took so long. */
        void record(long nanos);
    }

    /**
     * What is measured: all series of one name have one description and the same keys of tags.
     *
     * @param name lower-case words between dots, without a unit: {@code mortise.calls}
     * @param tags few values each, none of them made by callers and none of a tenant
     */
    record Series(String name, String description, Map<String, String> tags) {
        public Series {
            tags = Map.copyOf(tags);
        }

        /** Answers this series with one tag more. */
        public Series with(String key, String value) {
            Map<String, String> more = new TreeMap<>(tags);
            more.put(key, value);
            return new Series(name, description, more);
        }
    }
}
