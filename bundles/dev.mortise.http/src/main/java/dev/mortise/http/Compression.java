// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Compresses answers in memory with gzip for clients that take it (RFC 9110, sections 8.4 and 12.5.3). Streams are left
 * alone: what they flush must be sent at once.
 *
 * @param level of the compression; 0 compresses nothing
 * @param leastBytes that an answer must have
 * @param mostBytes that an answer may have
 */
record Compression(int level, int leastBytes, long mostBytes) {
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/javascript",
            "application/xml",
            "application/yaml",
            "application/openmetrics-text",
            "application/x-ndjson",
            "image/svg+xml");
    private static final int PARTIAL = 206;

    /** Tells whether an answer is of those that are compressed for who asks for that; caches must know by Vary. */
    boolean covers(int status, HttpFields fields, long length) {
        return level > 0
                && length >= leastBytes
                && length <= mostBytes
                && status != PARTIAL
                && isText(fields.get(HttpHeader.CONTENT_TYPE))
                && !fields.contains(HttpHeader.CONTENT_ENCODING)
                && !fields.contains(HttpHeader.CACHE_CONTROL, "no-transform");
    }

    private static boolean isText(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        boolean events = type.equals("text/event-stream");
        return !events
                && (type.startsWith("text/")
                        || TEXTS.contains(type)
                        || type.endsWith("+json")
                        || type.endsWith("+xml"));
    }

    /** Tells whether the client takes gzip, and likes nothing at all no better. */
    static boolean accepted(HttpFields request) {
        if (!request.contains(HttpHeader.ACCEPT_ENCODING)) {
            return false;
        }
        AcceptedCodings accepted = AcceptedCodings.of(request.getValuesList(HttpHeader.ACCEPT_ENCODING));
        return accepted.gzip() > 0 && accepted.gzip() >= accepted.identity();
    }

    /** Says that the answer depends on what the client takes. */
    static void vary(HttpFields.Mutable fields) {
        if (!fields.contains(HttpHeader.VARY, "*") && !fields.contains(HttpHeader.VARY, "Accept-Encoding")) {
            fields.add(HttpHeader.VARY, "Accept-Encoding");
        }
    }

    /** Says that the answer is compressed. A strong tag would promise the same bytes for both of its forms. */
    static void weaken(HttpFields.Mutable fields) {
        String tag = fields.get(HttpHeader.ETAG);
        if (tag != null && !tag.startsWith("W/")) {
            fields.put(new HttpField(HttpHeader.ETAG, "W/" + tag));
        }
    }

    /** Compresses the bytes. */
    ByteBuffer compress(ByteBuffer bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.remaining() / 4 + 64);
        byte[] plain = new byte[bytes.remaining()];
        bytes.duplicate().get(plain);
        try (Leveled gzip = new Leveled(packed, level)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can't fail", e);
        }
        return ByteBuffer.wrap(packed.toByteArray());
    }

    /** Gzip with a level; Java's own has none to set. */
    private static final class Leveled extends GZIPOutputStream {
        Leveled(ByteArrayOutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }
}
