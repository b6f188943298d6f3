// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.api.json.Json;
import dev.mortise.api.shared.SharedValue;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A value of the store with the mapper of who read it. */
record StoredValue(Stored entry, Supplier<Json> mapper) implements SharedValue {
    @Override
    public String key() {
        return entry.key();
    }

    @Override
    public String json() {
        return entry.json();
    }

    @Override
    public long version() {
        return entry.version();
    }

    @Override
    public String owner() {
        return entry.owner();
    }

    @Override
    public Optional<Instant> expiresAt() {
        return entry.expiresAt();
    }

    @Override
    public <T> T as(Class<T> type) {
        return mapper.get().read(entry.json(), type);
    }

    @Override
    public String toString() {
        return "SharedValue[%s, version %d of '%s']".formatted(entry.key(), entry.version(), entry.owner());
    }
}
