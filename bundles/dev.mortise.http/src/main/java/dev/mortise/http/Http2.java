// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** What a request is beneath that came over HTTP/2. */
final class Http2 {
    private Http2() {}

    static boolean carries(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /** Answers the stream of a request that came so, unless it is over. */
    static Optional<Stream> stream(Request request) {
        return request.getConnectionMetaData().getConnection() instanceof HTTP2Connection shared
                ? Optional.ofNullable(shared.getSession().getStream(Integer.parseInt(request.getId())))
                : Optional.empty();
    }

    /** The host is named beside the fields; who reads them as those of HTTP/1.1 finds it in Host (RFC 9113, section 8.3.1). */
    static HttpFields fields(Request request) {
        HttpFields fields = request.getHeaders();
        String authority = carries(request) ? request.getHttpURI().getAuthority() : null;
        return authority == null || fields.contains(HttpHeader.HOST)
                ? fields
                : HttpFields.build(fields).add(HttpHeader.HOST, authority).asImmutable();
    }

    /**
     * Answers how many bytes the fields of an answer may have: more than its client takes (RFC 9113, section 6.5.2) ends the
     * connection in Jetty.
     */
    static int mostFieldBytes(Request request, int most) {
        if (!(request.getConnectionMetaData().getConnection() instanceof HTTP2Connection shared)) {
            return most;
        }
        int taken = shared.getSession().getGenerator().getHpackEncoder().getMaxHeaderListSize();
        return taken < 0 ? most : Math.min(most, taken - JettyServer.OWN_FIELDS_BYTES);
    }

    /** Ends one stream; the others of its connection go on. */
    static void reset(Stream stream, ErrorCode why) {
        stream.reset(new ResetFrame(stream.getId(), why.code), Callback.NOOP);
    }
}
