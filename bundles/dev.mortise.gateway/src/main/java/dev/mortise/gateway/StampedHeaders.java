// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Fields of an answer with those of the gateway: a view, because a copy would cost as much as the rest of the gateway. */
final class StampedHeaders implements Headers {
    private final Headers answered;
    // A name, its value, the next name, and so on.
    private final String[] stamps;

    /**
     * Stamps the fields.
     *
     * @param stamps the name of a field, its value, the name of the next one, and so on
     */
    StampedHeaders(Headers answered, String... stamps) {
        this.answered = answered;
        this.stamps = stamps;
    }

    @Override
    public Optional<String> first(String name) {
        String stamp = stamp(name);
        return stamp == null ? answered.first(name) : Optional.of(stamp);
    }

    @Override
    public List<String> all(String name) {
        String stamp = stamp(name);
        return stamp == null ? answered.all(name) : List.of(stamp);
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
            if (stamp(name) == null) {
                visitor.accept(name, values);
            }
        });
        for (int i = 0; i < stamps.length; i += 2) {
            visitor.accept(stamps[i], List.of(stamps[i + 1]));
        }
    }

    @Override
    public Headers with(String name, String value) {
        return new StampedHeaders(answered.with(name, value), stamps);
    }

    @Override
    public String toString() {
        return "fields " + names();
    }

    private @Nullable String stamp(String name) {
        for (int i = 0; i < stamps.length; i += 2) {
            if (name.equalsIgnoreCase(stamps[i])) {
                return stamps[i + 1];
            }
        }
        return null;
    }
}
