// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The time of the database's server, the same for all nodes: as it was told last, and measured on from there by what no
 * change of this machine's clock reaches.
 */
final class DatabaseClock extends Clock {
    private final LongSupplier nanoTime;
    private final ZoneId zone;
    private volatile Told told;

    private record Told(Instant server, long nanos) {}

    DatabaseClock(Instant server) {
        this(server, System::nanoTime);
    }

    DatabaseClock(Instant server, LongSupplier nanoTime) {
        this(ZoneOffset.UTC, nanoTime, new Told(server, nanoTime.getAsLong()));
    }

    private DatabaseClock(ZoneId zone, LongSupplier nanoTime, Told told) {
        this.zone = zone;
        this.nanoTime = nanoTime;
        this.told = told;
    }

    /** The server just told its time. */
    void tell(Instant server) {
        told = new Told(server, nanoTime.getAsLong());
    }

    @Override
    public Instant instant() {
        Told last = told;
        return last.server.plusNanos(nanoTime.getAsLong() - last.nanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new DatabaseClock(other, nanoTime, told);
    }
}
