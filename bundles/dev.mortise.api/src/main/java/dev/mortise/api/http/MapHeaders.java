// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Headers kept in a sorted map; a field's values are its list. */
record MapHeaders(Map<String, List<String>> fields) implements Headers {
    static final MapHeaders EMPTY = new MapHeaders(Map.of());

    static MapHeaders of(Map<String, List<String>> fields) {
        Map<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        return new MapHeaders(Collections.unmodifiableMap(sorted));
    }

    @Override
    public Optional<String> first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    @Override
    public List<String> all(String name) {
        return fields.isEmpty() ? List.of() : fields.getOrDefault(name, List.of());
    }

    @Override
    public Set<String> names() {
        return fields.keySet();
    }

    @Override
    public void forEach(BiConsumer<String, List<String>> visitor) {
        fields.forEach(visitor);
    }

    @Override
    public Headers with(String name, String value) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(fields);
        copy.put(name, List.of(value));
        return new MapHeaders(Collections.unmodifiableMap(copy));
    }
}
