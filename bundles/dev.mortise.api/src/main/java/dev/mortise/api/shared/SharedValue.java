// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.shared;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One value, as it was when it was read. */
@ProviderType
public interface SharedValue {
    /** Answers its key. */
    String key();

    /** Answers the value as JSON text, as it was written; white space between its parts does not count. */
    String json();

    /** Answers its version, for {@link SharedNamespace#compareAndSet}. */
    long version();

    /** Answers the id of the plugin that it belongs to. */
    String owner();

    /** Answers when it expires, by the database server's clock; nothing when never. */
    Optional<Instant> expiresAt();

    /**
     * Answers the value, mapped; unknown keys are ignored, as its owner may have moved on.
     *
     * @throws dev.mortise.api.error.MortiseException VALIDATION_FAILED when it does not fit, or is JSON null
     */
    <T> T as(Class<T> type);

    /** Tells whether it is JSON null. */
    default boolean isNull() {
        return json().strip().equals("null");
    }
}
