// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.model.SharedName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the values that the plugins of a tenant share. Implemented by the data bundle, used by its own service for plugins
 * and by surfaces. What has expired by the store's clock is not there: it is not answered, listed, counted or compared,
 * and whoever writes its key next owns it. Every method throws {@link MortiseException} SERVICE_UNAVAILABLE while the
 * store can't be reached.
 */
public interface SharedDataStore {
    /** Finds a value that a plugin may read; an administrator, who is none, may read all. */
    Found get(Place key, Optional<String> reader);

    /** Answers values that a plugin, or an administrator, may read, in the order of their keys by code point. */
    Page list(Space space, Optional<String> reader, SharedFilter filter);

    /** Writes a value; {@link Done} or {@link Refused}. */
    Outcome set(Place key, Write write);

    /** Writes a value if the key has this version, 0 for none; otherwise {@link Stale}. */
    Outcome compareAndSet(Place key, long expectedVersion, Write write);

    /**
     * Adds to a whole number, in one step; the value of a key that is not there is 0.
     *
     * @param ttl counts when this makes the key
     */
    Outcome increment(Place key, String owner, long by, Optional<Duration> ttl);

    /** Deletes a value of the plugin, or of anybody for an administrator; {@link Stale} of version 0 when there is none. */
    Outcome delete(Place key, Optional<String> owner);

    /** Deletes all values of the plugin in a namespace, or of everybody for an administrator; answers how many. */
    int clear(Space space, Optional<String> owner);

    /**
     * Tells of changes until it is closed.
     *
     * @param key the one key; empty for the whole namespace
     * @param since tells at once of all that may have been written since this mark and is still there, of some of it once more
     * @param listener called on a thread of the store, in order; must return at once
     * @throws MortiseException RATE_LIMITED when the reader has all watches that it may have for the tenant
     */
    Watch watch(
            Space space,
            Optional<String> key,
            Optional<String> reader,
            Optional<SharedMark> since,
            Consumer<Change> listener);

    /** Answers what bounds watches from outside. */
    StreamLimits streams();

    /** A namespace of a tenant. */
    record Space(TenantId tenant, String namespace) {
        public Space {
            SharedName.check("namespace", namespace);
        }

        /** Answers a key in it. */
        public Place key(String name) {
            return new Place(this, name);
        }
    }

    /** A key. */
    record Place(Space space, String name) {
        public Place {
            SharedName.check("key", name);
        }
    }

    /**
     * What a plugin writes.
     *
     * @param json well-formed
     * @param ttl absent = for ever
     */
    record Write(String owner, String json, Optional<Duration> ttl) {}

    /** What looking for a value came to. */
    sealed interface Found {}

    /** There is none. */
    record Nothing() implements Found {}

    /**
     * A value.
     *
     * @param revision differs for any two writes of any keys, and rises with the writes of a key
     */
    record Stored(String key, String json, long version, String owner, Optional<Instant> expiresAt, long revision)
            implements Found {}

    /**
     * Some values.
     *
     * @param next the key behind which to go on, when there are more
     */
    record Page(List<Stored> entries, Optional<String> next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /** What a write came to. */
    sealed interface Outcome {}

    /** It is done; the version and the value are those of now, or of what was deleted. */
    record Done(long version, String json) implements Outcome {}

    /** The key has another version than expected; 0 when it is not there. */
    record Stale(long version) implements Outcome {}

    /** It is not done, and why. */
    record Refused(ErrorCode code, String detail) implements Outcome, Found {
        /** Answers it as what a handler throws. */
        public MortiseException exception() {
            return new MortiseException(code, detail);
        }
    }

    /**
     * One change.
     *
     * @param version of what is gone, the last that was seen
     * @param mark how far whoever hears this has heard; never lower than that of the change before
     */
    record Change(String key, long version, SharedMark mark, boolean deleted) {
        /** Answers it with another mark. */
        public Change at(SharedMark other) {
            return new Change(key, version, other, deleted);
        }
    }

    /** A watch. */
    interface Watch extends AutoCloseable {
        /** Tells whether it still tells: not after its tenant has gone, or its plugin has been disabled or stopped for it. */
        boolean open();

        /** Tells whether it tells nothing for now, because its tenant is suspended; later it tells what has changed. */
        default boolean paused() {
            return false;
        }

        /** Answers from where on it tells: who comes again before it was told of anything begins there. */
        SharedMark since();

        @Override
        void close();
    }

    /**
     * What bounds watches from outside, each of which holds a thread.
     *
     * @param most how many there may be at once
     * @param each how many of one plugin for one tenant
     * @param longest how long one lasts before the client has to come again
     * @param heartbeat how long one may be silent
     */
    record StreamLimits(int most, int each, Duration longest, Duration heartbeat) {}
}
