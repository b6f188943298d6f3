// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an answer with its request id, and without those that speak of the connection, which is not the
 * handler's. A view: a copy per answer would cost more than the rest of the gateway.
 */
record StampedHeaders(Headers answered, String requestId) implements Headers {
    @Override
    public Optional<String> first(String name) {
        if (name.equalsIgnoreCase(RequestIds.HEADER)) {
            return Optional.of(requestId);
        }
        return HiddenFields.ofConnection(name) ? Optional.empty() : answered.first(name);
    }

    @Override
    public List<String> all(String name) {
        if (name.equalsIgnoreCase(RequestIds.HEADER)) {
            return List.of(requestId);
        }
        return HiddenFields.ofConnection(name) ? List.of() : answered.all(name);
    }

    @Override
    public Set<String> names() {
        Set<String> given = answered.names();
        return given.isEmpty() ? Set.of(RequestIds.HEADER) : new Names(given);
    }

    @Override
    public Headers with(String name, String value) {
        return new StampedHeaders(answered.with(name, value), requestId);
    }

    /** The names that are let through, then the one that is added. */
    private static final class Names extends AbstractSet<String> {
        private final Set<String> given;

        Names(Set<String> given) {
            this.given = given;
        }

        @Override
        public Iterator<String> iterator() {
            return new NamesIterator(given.iterator());
        }

        @Override
        public int size() {
            int size = 0;
            for (Iterator<String> names = iterator(); names.hasNext(); names.next()) {
                size++;
            }
            return size;
        }
    }

    private static final class NamesIterator implements Iterator<String> {
        private final Iterator<String> given;
        private @Nullable String next = RequestIds.HEADER;
        private boolean last;

        NamesIterator(Iterator<String> given) {
            this.given = given;
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public String next() {
            String name = next;
            if (name == null) {
                throw new NoSuchElementException("There are no more fields.");
            }
            advance();
            return name;
        }

        private void advance() {
            while (given.hasNext()) {
                String name = given.next();
                if (!HiddenFields.ofConnection(name) && !name.equalsIgnoreCase(RequestIds.HEADER)) {
                    next = name;
                    return;
                }
            }
            next = last ? null : RequestIds.HEADER;
            last = true;
        }
    }
}
