// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Raises a document of OpenAPI 3.0 to 3.1, where schemas say a few things in other words. */
final class Raising {
    private static final Pattern THREE = Pattern.compile("3\\.\\d+\\.\\d+(-.+)?");
    private static final Set<String> DATA = Set.of("example", "default", "enum", "value");

    private Raising() {}

    /** Answers the document as one of 3.1; a later 3.x is judged as that. */
    static Map<String, Object> raised(Map<String, Object> document) throws UnusableDocument {
        String version = String.valueOf(document.get("openapi"));
        if (!THREE.matcher(version).matches()) {
            throw new UnusableDocument(
                    document.containsKey("openapi")
                            ? "\"openapi\" is '" + version + "', and 3.0 or 3.1 is expected"
                            : "\"openapi\" is missing, which says the version, such as 3.1.0");
        }
        Map<String, Object> raised = version.startsWith("3.0.") ? object(document) : new LinkedHashMap<>(document);
        raised.put("openapi", "3.1.0");
        return raised;
    }

    private static Map<String, Object> object(Map<?, ?> old) {
        Map<String, Object> raised = new LinkedHashMap<>();
        old.forEach((key, value) ->
                raised.put(String.valueOf(key), DATA.contains(String.valueOf(key)) ? value : value(value)));
        if (Boolean.TRUE.equals(raised.get("nullable"))) {
            allowNull(raised);
        }
        if (raised.get("nullable") instanceof Boolean) {
            raised.remove("nullable");
        }
        bound(raised, "minimum", "exclusiveMinimum");
        bound(raised, "maximum", "exclusiveMaximum");
        return raised;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(Raising::value).toList())
                : value;
    }

    private static void allowNull(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type) {
            schema.put("type", List.of(type, "null"));
        }
        if (schema.get("enum") instanceof List<?> values && !values.contains(null)) {
            List<@Nullable Object> more = new ArrayList<>(values);
            more.add(null);
            schema.put("enum", more);
        }
    }

    /** In 3.0 a bound that is excluded is a flag beside the bound, in 3.1 a bound of its own. */
    private static void bound(Map<String, Object> schema, String bound, String excluded) {
        if (schema.get(excluded) instanceof Boolean is) {
            schema.remove(excluded);
            if (is && schema.get(bound) instanceof Number number) {
                schema.remove(bound);
                schema.put(excluded, number);
            }
        }
    }
}
