// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The fields of a request as Jetty holds them; nothing is copied. The gateway asks for a dozen that hardly any request
 * has, so one pass over the names tells of most others at once that they are not there.
 */
final class RequestHeaders implements Headers {
    private final HttpFields fields;
    // A bit for the length and the first letter of each name that is there.
    private final long names;
    private final boolean announceContent;

    RequestHeaders(HttpFields fields) {
        this.fields = fields;
        long bits = 0;
        boolean announced = false;
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.getField(i);
            bits |= bit(field.getName());
            HttpHeader known = field.getHeader();
            announced |= known == HttpHeader.CONTENT_LENGTH || known == HttpHeader.TRANSFER_ENCODING;
        }
        this.names = bits;
        this.announceContent = announced;
    }

    /** Tells whether one of the fields is there that say of content that it comes (RFC 9112, section 6.3). */
    boolean announceContent() {
        return announceContent;
    }

    private static long bit(String name) {
        // Letters of a name count in any case (RFC 9110, section 5.1).
        return name.isEmpty() ? 0 : 1L << (31 * name.length() + (name.charAt(0) | ' '));
    }

    private boolean absent(String name) {
        return (names & bit(name)) == 0;
    }

    @Override
    public Optional<String> first(String name) {
        return absent(name) ? Optional.empty() : Optional.ofNullable(fields.get(name));
    }

    @Override
    public List<String> all(String name) {
        if (absent(name)) {
            return List.of();
        }
        List<String> values = List.of();
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.getField(i);
            String value = field.getValue();
            if (field.is(name) && value != null) {
                values = with(values, value);
            }
        }
        return values;
    }

    /** Most fields come once. */
    private static List<String> with(List<String> values, String value) {
        if (values.isEmpty()) {
            return List.of(value);
        }
        List<String> more = new ArrayList<>(values);
        more.add(value);
        return List.copyOf(more);
    }

    @Override
    public Set<String> names() {
        return fields.getFieldNamesCollection();
    }

    @Override
    public Headers with(String name, String value) {
        return new RequestHeaders(HttpFields.build(fields).put(name, value).asImmutable());
    }

    @Override
    public String toString() {
        return "fields " + names();
    }
}
