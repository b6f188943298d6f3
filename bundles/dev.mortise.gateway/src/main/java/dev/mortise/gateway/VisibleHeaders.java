// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a request as its handler sees them: a view that leaves out what is hidden, judged when it is asked. */
record VisibleHeaders(Headers sent) implements Headers {
    @Override
    public Optional<String> first(String name) {
        return visible(name) ? sent.first(name) : Optional.empty();
    }

    @Override
    public List<String> all(String name) {
        return visible(name) ? sent.all(name) : List.of();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : sent.names()) {
            if (visible(name)) {
                names.add(name);
            }
        }
        return names;
    }

    @Override
    public Headers with(String name, String value) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        names().forEach(visible -> fields.put(visible, sent.all(visible)));
        return Headers.of(fields).with(name, value);
    }

    @Override
    public String toString() {
        return "fields " + names();
    }

    private boolean visible(String name) {
        return !HiddenFields.hides(name) && !HiddenFields.hopByHop(sent, name);
    }
}
