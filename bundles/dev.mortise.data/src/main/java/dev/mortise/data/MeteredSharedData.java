// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The store of shared data, measured. */
@Component
public final class MeteredSharedData implements SharedDataStore {
    /** Stands for the plugin where an administrator does it; no plugin can be called so. */
    private static final String NOBODY = "-";

    private final SharedDataStore store;
    private final SharedMeters meters;

    /** Works on what was put together. */
    @Activate
    public MeteredSharedData(@Reference SharedDataParts parts) {
        this(parts.store(), parts.meters());
    }

    MeteredSharedData(SharedDataStore store, SharedMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    @Override
    public Found get(Place key, Optional<String> reader) {
        return timed(reader, "get", () -> store.get(key, reader));
    }

    @Override
    public Page list(Space space, Optional<String> reader, SharedFilter filter) {
        return timed(reader, "list", () -> store.list(space, reader, filter));
    }

    @Override
    public Outcome set(Place key, Write write) {
        return timed(Optional.of(write.owner()), "set", () -> store.set(key, write));
    }

    @Override
    public Outcome compareAndSet(Place key, long expectedVersion, Write write) {
        return timed(Optional.of(write.owner()), "cas", () -> store.compareAndSet(key, expectedVersion, write));
    }

    @Override
    public Outcome increment(Place key, String owner, long by, Optional<Duration> ttl) {
        return timed(Optional.of(owner), "increment", () -> store.increment(key, owner, by, ttl));
    }

    @Override
    public Outcome delete(Place key, Optional<String> owner) {
        return timed(owner, "delete", () -> store.delete(key, owner));
    }

    @Override
    public int clear(Space space, Optional<String> owner) {
        return timed(owner, "clear", () -> store.clear(space, owner));
    }

    @Override
    public Watch watch(
            Space space,
            Optional<String> key,
            Optional<String> reader,
            Optional<SharedMark> since,
            Consumer<Change> listener) {
        return timed(reader, "watch", () -> store.watch(space, key, reader, since, listener));
    }

    @Override
    public StreamLimits streams() {
        return store.streams();
    }

    private <T> T timed(Optional<String> plugin, String operation, Supplier<T> work) {
        long begin = System.nanoTime();
        String outcome = "failed";
        try {
            T result = work.get();
            outcome = outcome(result);
            return result;
        } finally {
            meters.record(plugin.orElse(NOBODY), operation, outcome, System.nanoTime() - begin);
        }
    }

    private static String outcome(Object result) {
        if (result instanceof Refused) {
            return "refused";
        }
        if (result instanceof Stale) {
            return "stale";
        }
        return result instanceof Nothing ? "absent" : "done";
    }
}
