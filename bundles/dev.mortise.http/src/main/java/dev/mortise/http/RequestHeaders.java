// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.http.Headers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/** The fields of a request as Jetty holds them; nothing is copied. */
record RequestHeaders(HttpFields fields) implements Headers {
    @Override
    public Optional<String> first(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public List<String> all(String name) {
        return fields.getValuesList(name);
    }

    @Override
    public Set<String> names() {
        return fields.getFieldNamesCollection();
    }

    @Override
    public Headers with(String name, String value) {
        return new RequestHeaders(HttpFields.build(fields).put(name, value).asImmutable());
    }
}
