// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.port.Meters;
import java.util.Map;

/** How much one tenant may give to one plugin; counts what was more, and follows the telemetry bundle. */
public final class SettingsLimit implements AutoCloseable {
    private static final Meters.Series REFUSED = new Meters.Series(
            "mortise.settings.refused",
            "Orders that were refused because a tenant would have given a plugin more than settings.max-kb.",
            Map.of());

    private final int mostBytes;
    // The monitor guards these: few orders are refused.
    private Meters source = Meters.NONE;
    private Meters.Group group = Meters.NONE.open();
    private Meters.Counter counter = group.counter(REFUSED);

    /** Allows so many bytes, as they are kept; counts nowhere yet. */
    public SettingsLimit(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Counts there from now on. */
    public synchronized void use(Meters meters) {
        group.close();
        source = meters;
        group = meters.open();
        counter = group.counter(REFUSED);
    }

    /** Counts nowhere, if it was there. */
    public synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    int mostBytes() {
        return mostBytes;
    }

    synchronized void refused() {
        counter.add(1);
    }

    @Override
    public synchronized void close() {
        group.close();
    }
}
