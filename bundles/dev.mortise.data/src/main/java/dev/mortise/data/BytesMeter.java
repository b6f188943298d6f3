// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.Meters;
import java.util.Map;
import java.util.function.LongSupplier;

/** Shows how much of something is remembered; follows the telemetry bundle. */
final class BytesMeter {
    private final Meters.Series series;
    private final LongSupplier bytes;
    private Meters source = Meters.NONE;
    private Meters.Group group = Meters.NONE.open();

    BytesMeter(String name, String description, LongSupplier bytes) {
        this.series = new Meters.Series(name, description, Map.of());
        this.bytes = bytes;
    }

    /** Shows it there from now on. */
    synchronized void use(Meters meters) {
        group.close();
        source = meters;
        group = meters.open();
        group.gauge(series, bytes::getAsLong);
    }

    /** Shows it nowhere, if it was there. */
    synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    /** Shows it no more. */
    synchronized void close() {
        group.close();
    }
}
