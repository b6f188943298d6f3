// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The fields of an answer with its request id: a view, because a copy would cost as much as the rest of the gateway. */
record StampedHeaders(Headers answered, String requestId) implements Headers {
    @Override
    public Optional<String> first(String name) {
        return stamp(name) ? Optional.of(requestId) : answered.first(name);
    }

    @Override
    public List<String> all(String name) {
        return stamp(name) ? List.of(requestId) : answered.all(name);
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
            if (!stamp(name)) {
                visitor.accept(name, values);
            }
        });
        visitor.accept(RequestIds.HEADER, List.of(requestId));
    }

    @Override
    public Headers with(String name, String value) {
        return new StampedHeaders(answered.with(name, value), requestId);
    }

    private static boolean stamp(String name) {
        return name.equalsIgnoreCase(RequestIds.HEADER);
    }
}
