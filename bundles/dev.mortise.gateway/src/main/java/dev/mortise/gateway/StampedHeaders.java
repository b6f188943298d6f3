// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Fields of an answer with one of the gateway's: a view, because a copy would cost as much as the rest of the gateway. */
record StampedHeaders(Headers answered, String stamp, String value) implements Headers {
    @Override
    public Optional<String> first(String name) {
        return stamps(name) ? Optional.of(value) : answered.first(name);
    }

    @Override
    public List<String> all(String name) {
        return stamps(name) ? List.of(value) : answered.all(name);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        forEach((name, values) -> names.add(name));
        return names;
    }

    @Override
    public void forEach(BiConsumer<String, List<String>> visitor) {
        answered.forEach((name, values) -> {
            if (!stamps(name)) {
                visitor.accept(name, values);
            }
        });
        visitor.accept(stamp, List.of(value));
    }

    @Override
    public Headers with(String name, String newValue) {
        return new StampedHeaders(answered.with(name, newValue), stamp, value);
    }

    private boolean stamps(String name) {
        return name.equalsIgnoreCase(stamp);
    }
}
