// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.shared;

import java.util.Objects;

/**
 * One change. It holds no value: who wants it reads it, and gets what is there then.
 *
 * @param version the version that was set; of what is gone, the last that was seen
 */
public record SharedChange(String namespace, String key, long version, Kind kind) {
    /** What happened. */
    public enum Kind {
        /** It was written. */
        SET,
        /** It was deleted, or expired. */
        DELETED
    }

    public SharedChange {
        Objects.requireNonNull(namespace, "namespace is null");
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(kind, "kind is null");
    }
}
