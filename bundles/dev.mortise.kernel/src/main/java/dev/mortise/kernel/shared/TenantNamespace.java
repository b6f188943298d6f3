// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.shared.SharedChange;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.api.shared.SharedNamespace;
import dev.mortise.api.shared.SharedPage;
import dev.mortise.api.shared.SharedValue;
import dev.mortise.api.shared.SharedWatch;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Found;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Page;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Stale;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One namespace, in whatever tenant the present call is for. */
record TenantNamespace(String name, TenantSharedData data) implements SharedNamespace {
    @Override
    public Optional<SharedValue> get(String key) {
        Found found = data.store().get(key(key), Optional.of(data.plugin()));
        if (found instanceof Refused refused) {
            throw refused.exception();
        }
        return found instanceof Stored entry ? Optional.of(value(entry)) : Optional.empty();
    }

    @Override
    public long set(String key, Object value) {
        return done(data.store().set(key(key), write(value, Optional.empty()))).version();
    }

    @Override
    public long set(String key, Object value, Duration ttl) {
        return done(data.store().set(key(key), write(value, Optional.of(ttl)))).version();
    }

    @Override
    public boolean compareAndSet(String key, long expectedVersion, Object value) {
        return happened(data.store().compareAndSet(key(key), expectedVersion, write(value, Optional.empty())));
    }

    @Override
    public boolean compareAndSet(String key, long expectedVersion, Object value, Duration ttl) {
        return happened(data.store().compareAndSet(key(key), expectedVersion, write(value, Optional.of(ttl))));
    }

    @Override
    public long increment(String key, long by) {
        return sum(data.store().increment(key(key), data.plugin(), by, Optional.empty()));
    }

    @Override
    public long increment(String key, long by, Duration ttl) {
        return sum(data.store().increment(key(key), data.plugin(), by, Optional.of(ttl)));
    }

    @Override
    public boolean delete(String key) {
        return happened(data.store().delete(key(key), Optional.of(data.plugin())));
    }

    @Override
    public int clear() {
        return data.store().clear(data.space(name), Optional.of(data.plugin()));
    }

    @Override
    public SharedPage list(SharedFilter filter) {
        Page page = data.store().list(data.space(name), Optional.of(data.plugin()), filter);
        return new SharedPage(page.entries().stream().map(this::value).toList(), page.next());
    }

    @Override
    public SharedWatch watch(String key, Consumer<SharedChange> listener) {
        Place watched = key(key);
        return ListenerWatch.begin(data, watched.space(), Optional.of(watched.name()), listener);
    }

    @Override
    public SharedWatch watch(Consumer<SharedChange> listener) {
        return ListenerWatch.begin(data, data.space(name), Optional.empty(), listener);
    }

    private Place key(String key) {
        return data.space(name).key(key);
    }

    private SharedValue value(Stored entry) {
        return new StoredValue(entry, data.mapper());
    }

    private Write write(Object value, Optional<Duration> ttl) {
        return new Write(data.plugin(), text(value), ttl);
    }

    private String text(Object value) {
        try {
            return value instanceof Body body
                    ? data.mapper().get().read(body, JsonText.class).text()
                    : data.mapper().get().write(value).text();
        } catch (IOException e) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, "The value can't be read: " + e.getMessage(), e);
        }
    }

    private static Done done(Outcome outcome) {
        if (outcome instanceof Refused refused) {
            throw refused.exception();
        }
        if (outcome instanceof Done done) {
            return done;
        }
        throw new IllegalStateException("Only what compares can be stale: " + outcome);
    }

    private static boolean happened(Outcome outcome) {
        return !(outcome instanceof Stale) && done(outcome).version() > 0;
    }

    private static long sum(Outcome outcome) {
        return Long.parseLong(done(outcome).json());
    }
}
