// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.http.Headers;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Carries the fields of one answer to Jetty, without those that belong to the connection or name the software. */
final class ResponseFields {
    /** Hop-by-hop fields (RFC 9110, section 7.6.1), length and date, which the listener knows better, and what names software. */
    private static final Set<HttpHeader> OWN = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TE,
            HttpHeader.TRAILER,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE,
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.DATE,
            HttpHeader.SERVER,
            HttpHeader.X_POWERED_BY);

    /** What the gateway adds to answers. */
    private static final List<String> GATEWAYS = List.of("X-Request-Id", "RateLimit", "RateLimit-Policy");

    /** A name of a field as far as it matters here; one that Jetty does not know has no header. */
    private record Name(@Nullable HttpHeader header, boolean own) {
        static Name of(HttpHeader header) {
            return new Name(header, OWN.contains(header));
        }
    }

    private static final Name UNKNOWN = new Name(null, false);
    private static final Name LEFT_OUT = new Name(null, true);

    /** Fields by which the gateway speaks to plugins; what a plugin answers in them reaches no client. */
    private static final String BETWEEN_PLUGINS = "X-Mortise-";

    /** Names as they are usually written: half the cost of Jetty's own table, which takes any case. */
    private static final Map<String, Name> USUAL = usual();

    /** Media types as they are usually written, as fields whose bytes are made already. */
    private static final Map<String, HttpField> MEDIA_TYPES = Stream.of(MimeTypes.Type.values())
            .map(MimeTypes.Type::getContentTypeField)
            .collect(Collectors.toMap(HttpField::getValue, field -> field, (one, other) -> one));

    /** What comes as one byte; everything else would arrive as something else, or break a connection of HTTP/2. */
    private static final char MOST = 0xff;

    /** For each field, as RFC 9113, section 6.5.2, counts. */
    private static final int OVERHEAD_BYTES = 32;

    private final HttpFields.Mutable target;
    private final int mostBytes;
    private int bytes;
    private List<String> connection = List.of();
    private @Nullable String fault;

    private ResponseFields(HttpFields.Mutable target, int mostBytes) {
        this.target = target;
        this.mostBytes = mostBytes;
    }

    /** Copies the fields; answers what is wrong with one of them, and then the target is of no use. */
    static Optional<String> copy(Headers from, HttpFields.Mutable to, int mostBytes) {
        ResponseFields copy = new ResponseFields(to, mostBytes);
        from.forEach(copy::field);
        if (!copy.connection.isEmpty()) {
            copy.removeNamedByConnection();
        }
        return Optional.ofNullable(copy.fault);
    }

    private static Map<String, Name> usual() {
        Map<String, Name> names = new HashMap<>();
        Stream.of(HttpHeader.values()).forEach(header -> names.put(header.asString(), Name.of(header)));
        GATEWAYS.forEach(name -> names.put(name, UNKNOWN));
        return names;
    }

    private void field(String name, List<String> values) {
        Name known = USUAL.get(name);
        if (known == null) {
            known = unusual(name);
        }
        if (known == null) {
            fault = "'" + name.replaceAll("[^\\x20-\\x7e]", "?") + "' is no name of a field";
        } else if (known.header == HttpHeader.CONNECTION) {
            connection = values;
        } else if (!known.own) {
            put(known.header, name, values);
        }
    }

    private static @Nullable Name unusual(String name) {
        HttpHeader header = HttpHeader.CACHE.get(name);
        if (header != null) {
            return Name.of(header);
        }
        if (name.regionMatches(true, 0, BETWEEN_PLUGINS, 0, BETWEEN_PLUGINS.length())) {
            return LEFT_OUT;
        }
        return isToken(name) ? UNKNOWN : null;
    }

    private void put(@Nullable HttpHeader known, String name, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            HttpField field = field(known, name, values.get(i));
            if (field == null) {
                fault = "the value of field '" + name + "' holds a control character, or one above U+00FF";
                return;
            }
            bytes += name.length() + values.get(i).length() + OVERHEAD_BYTES;
            if (bytes > mostBytes) {
                fault = "its fields have more than " + mostBytes
                        + " bytes, which is all that the client takes, or that "
                        + "'answer.header.max.kb' in etc/http.properties allows";
                return;
            }
            target.add(field);
        }
    }

    private static @Nullable HttpField field(@Nullable HttpHeader known, String name, String value) {
        HttpField made = known == HttpHeader.CONTENT_TYPE ? MEDIA_TYPES.get(value) : null;
        if (made != null) {
            return made;
        }
        return isFieldValue(value) ? new HttpField(known, name, value) : null;
    }

    private void removeNamedByConnection() {
        for (String value : connection) {
            for (String name : value.split(",", -1)) {
                target.remove(name.strip());
            }
        }
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenCharacter(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isTokenCharacter(int c) {
        return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    private static boolean isFieldValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > MOST) {
                return false;
            }
        }
        return true;
    }
}
