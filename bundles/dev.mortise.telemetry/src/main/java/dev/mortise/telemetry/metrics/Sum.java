// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** The value of a gauge: what several owners say, added up. */
final class Sum {
    private final List<Part> parts = new CopyOnWriteArrayList<>();

    private record Part(Object owner, DoubleSupplier value) {}

    void add(Object owner, DoubleSupplier value) {
        parts.add(new Part(owner, value));
    }

    void remove(Object owner) {
        parts.removeIf(part -> part.owner == owner);
    }

    double value() {
        double sum = 0;
        for (Part part : parts) {
            sum += part.value.getAsDouble();
        }
        return sum;
    }
}
