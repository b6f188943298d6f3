// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.RemoteFault;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Counts calls without an answer and shows the connections, from the first call on; follows the telemetry bundle. */
public final class HopMeters {
    private static final Meters.Series FAULTS =
            new Meters.Series("mortise.hop.faults", "Calls to other processes without an answer, by kind.", Map.of());
    private static final Meters.Series CONNECTIONS =
            new Meters.Series("mortise.hop.connections", "Open connections to other processes.", Map.of());

    // The monitor guards these; only calls that failed take it.
    private Meters source = Meters.NONE;
    private Meters.Group group = Meters.NONE.open();
    private DoubleSupplier connections = () -> 0;
    private boolean shown;

    /** Counts there from now on. */
    public synchronized void use(Meters meters) {
        group.close();
        source = meters;
        open();
    }

    /** Counts nowhere, if it was there. */
    public synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    /** Begins to show: there was a first call. */
    synchronized void show(DoubleSupplier open) {
        connections = open;
        shown = true;
        open();
    }

    private void open() {
        if (shown) {
            group = source.open();
            group.gauge(CONNECTIONS, connections);
            for (RemoteFault.Kind kind : RemoteFault.Kind.values()) {
                group.counter(faults(kind)); // from zero on: a counter that begins at one shows no increase
            }
        }
    }

    synchronized void failed(RemoteFault.Kind kind) {
        if (shown) {
            group.counter(faults(kind)).add(1);
        }
    }

    synchronized void close() {
        group.close();
        shown = false;
    }

    private static Meters.Series faults(RemoteFault.Kind kind) {
        return FAULTS.with("kind", kind.name().toLowerCase(Locale.ROOT));
    }
}
