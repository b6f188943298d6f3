// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.gateway.registry.Leases;
import dev.mortise.kernel.port.Meters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Shows figures of the gateway that are no plugin's, and follows the telemetry bundle, which may come and go. */
final class GatewayGauges {
    private static final Meters.Series TAKEN = new Meters.Series(
            "mortise.pool.taken", "What calls of clients to plugins hold of what all plugins share.", Map.of());
    private static final Meters.Series MOST =
            new Meters.Series("mortise.pool.limit", "How much of it all plugins together may hold.", Map.of());
    private static final Meters.Series REGISTERED =
            new Meters.Series("mortise.registrations", "Instances that are registered from other processes.", Map.of());
    private static final Meters.Series LARGEST = new Meters.Series(
            "mortise.registrations.largest",
            "Those of the credential that has most; registry.each bounds it.",
            Map.of());

    private static final Meters.Series WAITING = new Meters.Series(
            "mortise.registrations.waiting",
            "Those that are due to be asked how they are, and wait for one of registry.ask.threads.",
            Map.of());

    private final Neighbours neighbours;
    private final Map<Meters.Series, DoubleSupplier> gauges;

    // The monitor guards it.
    private Meters.Group group = Meters.NONE.open();

    private GatewayGauges(Neighbours neighbours, Map<Meters.Series, DoubleSupplier> gauges) {
        this.neighbours = neighbours;
        this.gauges = gauges;
    }

    /** Shows them from now on, for as long as the gateway stays. */
    static void show(Neighbours neighbours, Capacity capacity, Leases registry) {
        Map<Meters.Series, DoubleSupplier> gauges = new HashMap<>();
        Map.of("threads", capacity.threads(), "streams", capacity.streams()).forEach((name, pool) -> {
            gauges.put(TAKEN.with("pool", name), pool::taken);
            gauges.put(MOST.with("pool", name), pool::most);
        });
        gauges.put(REGISTERED, registry::count);
        gauges.put(LARGEST, registry::largest);
        gauges.put(WAITING, registry::waiting);
        GatewayGauges shown = new GatewayGauges(neighbours, gauges);
        neighbours.whenMetersChange(shown::open);
        shown.open();
    }

    private synchronized void open() {
        group.close();
        group = neighbours.meters().open();
        gauges.forEach(group::gauge);
    }
}
