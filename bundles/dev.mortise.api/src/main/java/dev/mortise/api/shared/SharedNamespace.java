// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.shared;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One namespace of {@link SharedData}. Keys are texts of 1 to 255 characters without control characters. Values are
 * whatever the plugin's mapper writes; a {@link dev.mortise.api.http.Body} is taken as JSON text as it is, and {@code
 * Optional.empty()} is JSON null, which is a value like any other. A time to live is positive and counted by the database
 * server's clock: what has expired is not there for anybody, and its key is free for the next writer.
 *
 * <p>Every method throws {@link dev.mortise.api.error.MortiseException} when it is refused: NO_CONTEXT,
 * VALIDATION_FAILED for names, values and times that can't be, SERVICE_UNAVAILABLE while the database is away; writing
 * methods also PERMISSION_DENIED for a key of another plugin, PAYLOAD_TOO_LARGE for a value above 1 MB, CONFLICT when the
 * plugin has all the keys or bytes that it may have for the tenant.
 */
@ProviderType
public interface SharedNamespace {
    /** Answers its name. */
    String name();

    /**
     * Finds a value.
     *
     * @throws dev.mortise.api.error.MortiseException PERMISSION_DENIED when its owner lets this plugin not read it
     */
    Optional<SharedValue> get(String key);

    /** Finds a value and maps it; of JSON null nothing comes, as of a key that is not there. Fails as {@link #get}. */
    default <T> Optional<T> get(String key, Class<T> type) {
        return get(key).filter(value -> !value.isNull()).map(value -> value.as(type));
    }

    /** Writes a value that stays until it is deleted; answers its version: 1 for a new key, rising with each write. */
    long set(String key, Object value);

    /** Writes a value that expires; answers its version. */
    long set(String key, Object value, Duration ttl);

    /**
     * Writes a value that stays, if the key still has the version; 0 stands for a key that is not there. Of many that try
     * at once, one succeeds, and the version is then the expected one plus 1.
     */
    boolean compareAndSet(String key, long expectedVersion, Object value);

    /** Writes a value that expires, if the key still has the version. */
    boolean compareAndSet(String key, long expectedVersion, Object value, Duration ttl);

    /**
     * Adds to a whole number and answers the sum; a key that is not there counts as 0. The key keeps its time to live.
     *
     * @throws dev.mortise.api.error.MortiseException CONFLICT when the value is no whole number, or the sum has more than
     *     64 bits
     */
    long increment(String key, long by);

    /** Adds to a whole number; the time to live counts when this makes the key: a window that begins with the first. */
    long increment(String key, long by, Duration ttl);

    /** Deletes a value of this plugin; false when there is none. A key that is written again begins at version 1. */
    boolean delete(String key);

    /** Deletes all values of this plugin in the namespace; answers how many. */
    int clear();

    /** Answers the first values that this plugin may read, in the order of their keys. */
    default SharedPage list() {
        return list(SharedFilter.ALL);
    }

    /**
     * Answers values that this plugin may read, in the order of their keys (by code point); a page ends after the filter's
     * limit or about a megabyte of values.
     */
    SharedPage list(SharedFilter filter);

    /** Hears of changes of one key from now on: see {@link #watch(Consumer)}. */
    SharedWatch watch(String key, Consumer<SharedChange> listener);

    /**
     * Hears of changes in the namespace from now on, those that this plugin may read, until the watch is closed, this version
     * of the plugin is retired, or the plugin is disabled or stopped for the tenant. While the tenant is suspended it hears
     * nothing, and afterwards what came of it. The listener runs on a thread of the plugin, one change at a time, in a context of
     * the present tenant. Changes that follow one another quickly may come as the last of them. Those made on another node
     * come within {@code shared.watch.poll.ms}.
     *
     * @throws dev.mortise.api.error.MortiseException RATE_LIMITED when the plugin has all watches that it may have for
     *     the tenant
     */
    SharedWatch watch(Consumer<SharedChange> listener);
}
