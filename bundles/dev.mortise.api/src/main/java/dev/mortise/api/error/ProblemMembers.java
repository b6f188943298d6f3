// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Further members of a problem document, copied: what stands for itself as JSON, and never an object of a plugin's class. */
final class ProblemMembers {
    private ProblemMembers() {}

    static Map<String, Object> copyOf(Map<?, ?> members) {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> copy.put((String) name, value(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object value(Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ProblemMembers::value).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return copyOf(map);
        }
        throw new IllegalArgumentException("A member of a problem is text, a number, a truth value, or a list or map of"
                + " those, not a " + value.getClass().getName() + ".");
    }
}
