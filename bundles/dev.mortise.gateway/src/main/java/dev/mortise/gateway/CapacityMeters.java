// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.gateway.guard.Pool;
import dev.mortise.kernel.port.Meters;
import java.util.Map;

/** Shows what of the common pools is taken, and follows the telemetry bundle, which may come and go. */
final class CapacityMeters {
    private static final Meters.Series TAKEN = new Meters.Series(
            "mortise.pool.taken", "What calls of clients to plugins hold of what all plugins share.", Map.of());
    private static final Meters.Series MOST =
            new Meters.Series("mortise.pool.limit", "How much of it all plugins together may hold.", Map.of());

    private final Neighbours neighbours;
    private final Map<String, Pool> pools;

    // The monitor guards it.
    private Meters.Group group = Meters.NONE.open();

    private CapacityMeters(Neighbours neighbours, Capacity capacity) {
        this.neighbours = neighbours;
        this.pools = Map.of("threads", capacity.threads(), "streams", capacity.streams());
    }

    /** Shows them from now on, for as long as the gateway stays. */
    static void show(Neighbours neighbours, Capacity capacity) {
        CapacityMeters meters = new CapacityMeters(neighbours, capacity);
        neighbours.whenMetersChange(meters::open);
        meters.open();
    }

    private synchronized void open() {
        group.close();
        group = neighbours.meters().open();
        pools.forEach((name, pool) -> {
            group.gauge(TAKEN.with("pool", name), pool::taken);
            group.gauge(MOST.with("pool", name), pool::most);
        });
    }
}
