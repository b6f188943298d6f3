// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Write;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

class MemorySharedDataTest extends SharedDataContract {
    private final TurnedClock clock = new TurnedClock();
    private final MemorySharedDataStore store = new MemorySharedDataStore(clock);

    @Override
    SharedDataStore store() {
        return store;
    }

    @Override
    void narrow(Set<String> readers) {
        store.narrow("shop", ACME.namespace(), readers);
    }

    @Override
    void expired(Place place, String owner) {
        store.set(place, new Write(owner, "1", Optional.of(Duration.ofSeconds(5))));
        clock.now = clock.now.plusSeconds(5);
    }

    private static final class TurnedClock extends Clock {
        private Instant now = Instant.parse("2026-11-26T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
