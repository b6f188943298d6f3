// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Headers of one field with one value, as most answers have: without the map that more would need. */
record SingleHeader(String name, List<String> values) implements Headers {
    static SingleHeader of(String name, String value) {
        return new SingleHeader(Objects.requireNonNull(name, "name is null"), List.of(value));
    }

    @Override
    public Optional<String> first(String asked) {
        return asked.equalsIgnoreCase(name) ? Optional.of(values.get(0)) : Optional.empty();
    }

    @Override
    public List<String> all(String asked) {
        return asked.equalsIgnoreCase(name) ? values : List.of();
    }

    @Override
    public Set<String> names() {
        return map().names();
    }

    @Override
    public void forEach(BiConsumer<String, List<String>> visitor) {
        visitor.accept(name, values);
    }

    @Override
    public Headers with(String other, String value) {
        return map().with(other, value);
    }

    private MapHeaders map() {
        return MapHeaders.of(Map.of(name, values));
    }
}
