// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Found;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What plugin 'shop' does with shared data of the tenant acme. */
abstract class SharedDataSteps {
    static final Space ACME = new Space(new TenantId("acme"), "shop.rates");
    static final Space BETA = new Space(new TenantId("beta"), "shop.rates");

    abstract SharedDataStore store();

    /** Lets only these plugins read what 'shop' has in {@link #ACME}. */
    abstract void narrow(Set<String> readers);

    /** Writes a value that has expired when this returns. */
    abstract void expired(Place place, String owner);

    final Outcome set(String key, String json) {
        return store().set(ACME.key(key), new Write("shop", json, Optional.empty()));
    }

    final Outcome compareAndSet(long expected, String json) {
        return store().compareAndSet(ACME.key("eur"), expected, new Write("shop", json, Optional.empty()));
    }

    final Outcome increment(long by) {
        return store().increment(ACME.key("eur"), "shop", by, Optional.empty());
    }

    final Found read(String key) {
        return store().get(ACME.key(key), Optional.of("shop"));
    }

    final List<String> keys(SharedFilter filter) {
        return store().list(ACME, Optional.of("shop"), filter).entries().stream()
                .map(Stored::key)
                .toList();
    }

    static ErrorCode code(Outcome outcome) {
        return ((Refused) outcome).code();
    }
}
