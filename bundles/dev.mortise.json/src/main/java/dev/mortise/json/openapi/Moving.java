// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies parts of a document so that they can stand in another one: references and operation ids are renamed; servers,
 * security and tags are left out, because of these the container decides.
 */
final class Moving {
    /** Keys whose value is an object of names, which no rule may take for keys. */
    private static final Set<String> NAMES = Set.of(
            "properties",
            "patternProperties",
            "$defs",
            "definitions",
            "dependentSchemas",
            "responses",
            "headers",
            "content",
            "links",
            "callbacks",
            "encoding",
            "examples",
            "parameters");

    /** Keys whose value is anybody's data. */
    private static final Set<String> DATA = Set.of("example", "examples", "default", "const", "enum", "value");

    private static final Set<String> LEFT_OUT = Set.of("servers", "server", "security", "tags", "$schema");

    /** Keys that make a text an address, or a place that has one: both change their meaning in another document. */
    private static final Set<String> ADDRESSES =
            Set.of("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "operationRef");

    private final References references;
    private final Set<String> operations = new HashSet<>();

    Moving(References references) {
        this.references = references;
    }

    /** Copies the objects of a map of names. */
    Map<String, @Nullable Object> names(Map<?, ?> old, String kind, String pointer) throws UnusableDocument {
        Map<String, @Nullable Object> moved = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : old.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (entry.getValue() instanceof String) {
                requireNoAddress(Map.of(name, ""), pointer);
            }
            moved.put(name, value(entry.getValue(), kind, Tree.child(pointer, name)));
        }
        return moved;
    }

    private @Nullable Object value(@Nullable Object value, String kind, String pointer) throws UnusableDocument {
        if (value instanceof Map<?, ?> map) {
            return object(map, kind, pointer);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> moved = new ArrayList<>();
            for (Object element : list) {
                moved.add(value(element, kind, pointer + "/" + moved.size()));
            }
            return moved;
        }
        return value;
    }

    private Map<String, Object> object(Map<?, ?> old, String kind, String pointer) throws UnusableDocument {
        Map<String, Object> moved = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : old.entrySet()) {
            String key = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            if (value != null && !LEFT_OUT.contains(key)) {
                Object copy = member(key, value, kind, Tree.child(pointer, key));
                if (copy != null) {
                    moved.put(key, copy);
                }
            }
        }
        return moved;
    }

    private @Nullable Object member(String key, Object value, String kind, String pointer) throws UnusableDocument {
        if (value instanceof String text) {
            return text(key, text, kind, pointer);
        }
        if (value instanceof Map<?, ?> map && NAMES.contains(key)) {
            return names(map, key, pointer);
        }
        if (value instanceof Map<?, ?> map && key.equals("mapping") && kind.equals("discriminator")) {
            return mapping(map, pointer);
        }
        if (DATA.contains(key) || key.startsWith("x-")) {
            requireNoAddress(value, pointer);
            return value;
        }
        return value(value, key, pointer);
    }

    private String text(String key, String text, String kind, String pointer) throws UnusableDocument {
        requireNoAddress(key, pointer);
        if (key.equals("$ref")) {
            return references.moved(text, pointer);
        }
        if (!key.equals("operationId")) {
            return text;
        }
        // A link names an operation, everything else is one.
        if (!kind.equals("links") && !operations.add(text)) {
            throw new UnusableDocument("the operationId '" + text + "' stands twice in it");
        }
        return references.named(text);
    }

    private Map<String, Object> mapping(Map<?, ?> old, String pointer) throws UnusableDocument {
        Map<String, Object> moved = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : old.entrySet()) {
            moved.put(
                    String.valueOf(entry.getKey()), references.movedSchema(String.valueOf(entry.getValue()), pointer));
        }
        return moved;
    }

    /** Many readers follow an address wherever it stands. */
    private static void requireNoAddress(Object data, String pointer) throws UnusableDocument {
        if (data instanceof List<?> list) {
            for (Object element : list) {
                requireNoAddress(element == null ? "" : element, pointer);
            }
        } else if (data instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String key = String.valueOf(entry.getKey());
                if (entry.getValue() instanceof String) {
                    requireNoAddress(key, Tree.child(pointer, key));
                    if (key.equals("$ref")) {
                        throw new UnusableDocument("there is a reference in the data at '" + pointer + "'");
                    }
                } else if (entry.getValue() != null) {
                    requireNoAddress(entry.getValue(), Tree.child(pointer, key));
                }
            }
        }
    }

    private static void requireNoAddress(String key, String pointer) throws UnusableDocument {
        if (ADDRESSES.contains(key)) {
            throw new UnusableDocument("'" + key + "' at '" + pointer
                    + "' has no meaning beside other documents. Use references to '#/components/…'");
        }
    }
}
