// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at values of a tree of JSON. */
final class Tree {
    private Tree() {}

    /** Takes a value for an object. */
    @SuppressWarnings("unchecked") // the readers make no other keys than texts
    static Map<String, Object> object(@Nullable Object value, String what) throws UnusableDocument {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new UnusableDocument(what + " is no object");
    }

    /** Takes a value for an object, or answers an empty one when there is none. */
    static Map<String, Object> optional(Map<String, Object> parent, String key) throws UnusableDocument {
        return parent.get(key) == null ? Map.of() : object(parent.get(key), "'" + key + "'");
    }

    /** Answers the place of a child. */
    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
