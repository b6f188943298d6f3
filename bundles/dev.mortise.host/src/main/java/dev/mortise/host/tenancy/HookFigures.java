// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.kernel.port.Meters;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts hooks of single tenants that hang, and those that are refused because of them; follows the telemetry bundle. */
public final class HookFigures implements AutoCloseable {
    private static final Meters.Series HANGING = new Meters.Series(
            "mortise.tenant.hooks.hanging",
            "Hooks of plugins for single tenants that took too long and ignore the interrupt; each keeps a thread.",
            Map.of());
    private static final Meters.Series REFUSED = new Meters.Series(
            "mortise.tenant.hooks.refused",
            "Hooks of plugins for single tenants that were not called: others hang, or their version ends.",
            Map.of());

    private final AtomicInteger hanging = new AtomicInteger();
    // The monitor guards these: few hooks are refused.
    private Meters source = Meters.NONE;
    private Meters.Group group = Meters.NONE.open();
    private Meters.Counter refused = group.counter(REFUSED);

    /** Counts there from now on. */
    public synchronized void use(Meters meters) {
        group.close();
        source = meters;
        group = meters.open();
        refused = group.counter(REFUSED);
        group.gauge(HANGING, hanging::get);
    }

    /** Counts nowhere, if it was there. */
    public synchronized void leave(Meters meters) {
        if (source == meters) {
            use(Meters.NONE);
        }
    }

    /** One more hangs. */
    public void hangs() {
        hanging.incrementAndGet();
    }

    /** One that hung came back. */
    public void cameBack() {
        hanging.decrementAndGet();
    }

    /** One is not called. */
    public synchronized void refused() {
        refused.add(1);
    }

    @Override
    public synchronized void close() {
        group.close();
    }
}
