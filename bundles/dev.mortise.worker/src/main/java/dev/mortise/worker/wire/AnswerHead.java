// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * Status line and fields of an answer.
 *
 * @param length of its content, where it is known
 * @param last whether the connection ends with it
 */
record AnswerHead(int status, Headers fields, OptionalLong length, Framing framing, boolean last) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    /** How a reader knows where the content ends. */
    enum Framing {
        NONE,
        LENGTH,
        CHUNKS,
        UNTIL_CLOSED
    }

    /** Writes it into a buffer, which may send what it has no room for. */
    void write(DefaultHttpResponseWriter writer, SessionOutputBuffer buffer, OutputStream out) throws IOException {
        ClassicHttpResponse response = new BasicClassicHttpResponse(status, "");
        fields.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setHeader("Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        length.ifPresent(known -> response.setHeader("Content-Length", known));
        if (framing == Framing.CHUNKS) {
            response.setHeader("Transfer-Encoding", "chunked");
        }
        if (last) {
            response.setHeader("Connection", "close");
        }
        try {
            writer.write(response, buffer, out);
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }
}
