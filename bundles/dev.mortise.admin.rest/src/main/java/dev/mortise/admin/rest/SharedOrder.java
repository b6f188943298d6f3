// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An order about one key. What a body may hold, its record says; anything else in it is refused. */
sealed interface SharedOrder {
    String namespace();

    String key();

    /** Answers the seconds to live. */
    Optional<Long> ttl();

    Optional<String> tenantId();

    Optional<String> ownerId();

    /** Reads the body of a request, which has no query. */
    static <T> T read(Request request, Json json, Class<T> type) throws IOException {
        Query.of(request);
        return json.read(request.body(), type);
    }

    /** Answers the key, if the order does not claim to be somebody else's. */
    default Place place(SharedCaller caller) {
        return caller.agrees(tenantId(), ownerId()).space(namespace()).key(key());
    }

    /** Answers the time to live; whether it is one, the store judges. */
    default Optional<Duration> time() {
        return ttl().map(Duration::ofSeconds);
    }

    /** {@code POST /set}. */
    record Put(
            String namespace,
            String key,
            JsonText value,
            Optional<Long> ttl,
            Optional<String> tenantId,
            Optional<String> ownerId)
            implements SharedOrder {
        Write write(SharedCaller caller) {
            return new Write(caller.writer(), value.text(), time());
        }
    }

    /** {@code POST /cas}. */
    record Compare(
            String namespace,
            String key,
            JsonText value,
            long expectedVersion,
            Optional<Long> ttl,
            Optional<String> tenantId,
            Optional<String> ownerId)
            implements SharedOrder {
        Write write(SharedCaller caller) {
            if (expectedVersion < 0) {
                throw Refusals.invalid(
                        "'expectedVersion' is 0 for a key that is not there, or more, not " + expectedVersion + ".");
            }
            return new Write(caller.writer(), value.text(), time());
        }
    }

    /** {@code POST /increment}; by 1 where nothing is said. */
    record Increment(
            String namespace,
            String key,
            Optional<Long> by,
            Optional<Long> ttl,
            Optional<String> tenantId,
            Optional<String> ownerId)
            implements SharedOrder {}

    /** {@code POST /clear}, which is about a whole namespace. */
    record Clear(String namespace, Optional<String> tenantId, Optional<String> ownerId) {}
}
