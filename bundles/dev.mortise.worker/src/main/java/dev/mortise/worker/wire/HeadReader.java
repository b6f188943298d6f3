// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParser;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;

/** Reads request lines and fields of one connection, never more than is allowed. */
final class HeadReader {
    private final Bounds bounds;
    private final Counted counted;
    private final SessionInputBufferImpl buffer;
    private final Http1Config config;
    private final DefaultHttpRequestParser parser;

    HeadReader(Bounds bounds, SessionInputBufferImpl buffer, InputStream in) {
        this.bounds = bounds;
        this.counted = new Counted(in);
        this.buffer = buffer;
        this.config = Http1Config.custom()
                .setMaxLineLength(longestLine(bounds))
                .setMaxHeaderCount(bounds.fields() + 1) // it counts one more
                .build();
        this.parser = new DefaultHttpRequestParser(config, null, new AsTheyCome());
    }

    /** Answers a body in chunks. What stands around a piece of it, and the fields behind it, are no longer than a head. */
    InputStream chunks() {
        return new ChunkedInputStream(buffer, counted, config) {
            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                counted.left = bounds.headBytes() + (long) count;
                return super.read(bytes, offset, count);
            }
        };
    }

    static int longestLine(Bounds bounds) {
        return bounds.headBytes() / 2;
    }

    /** Answers the next one; empty when the other side has ended. */
    Optional<RequestHead> next() throws IOException, Refused {
        counted.left = bounds.headBytes();
        ClassicHttpRequest request;
        try {
            request = parser.parse(buffer, counted);
        } catch (TooLong | RequestHeaderFieldsTooLargeException e) {
            throw new Refused(
                    ErrorCode.HEADERS_TOO_LARGE,
                    "The head of a request has at most %d KB, half of it in one line, and %d fields."
                            .formatted(bounds.headBytes() / 1024, bounds.fields()));
        } catch (HttpException | IllegalArgumentException e) {
            throw new Refused(ErrorCode.BAD_REQUEST, "This is no head of a request of HTTP/1.1.");
        }
        return request == null ? Optional.empty() : Optional.of(RequestHead.of(request));
    }

    /** Leaves targets as they are; the library would take them apart and put them together again. */
    private static final class AsTheyCome implements HttpRequestFactory<ClassicHttpRequest> {
        @Override
        public ClassicHttpRequest newHttpRequest(String method, String target) {
            return new BasicClassicHttpRequest(method, (String) null, (URIAuthority) null, target);
        }

        @Override
        public ClassicHttpRequest newHttpRequest(String method, URI target) {
            return newHttpRequest(method, target.toString());
        }
    }

    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads on for one head, or one piece of a body in chunks, only as long as it is not too long.
     * What follows it at once counts with it.
     */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long left;

        Counted(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            if (left <= 0) {
                throw new TooLong();
            }
            int read = in.read(bytes, offset, count);
            left -= Math.max(0, read);
            return read;
        }
    }
}
