// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.function.DoubleSupplier;

/** Measures nothing, where nobody watches. */
final class NoMeters implements Meters, Meters.Group {
    @Override
    public Group open() {
        return this;
    }

    @Override
    public Counter counter(Series series) {
        return amount -> {};
    }

    @Override
    public Timer timer(Series series) {
        return nanos -> {};
    }

    @Override
    public void gauge(Series series, DoubleSupplier value) {}

    @Override
    public void close() {}
}
