// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.kernel.call.AwaitedContent;
import dev.mortise.kernel.call.Pieces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request, read on demand: as one array that is exactly as large as what came, or as a stream. The
 * bytes are the reader's own; Jetty's buffers go back to their pool, so nothing of a later request shows through.
 */
final class RequestBody implements Body, AwaitedContent {
    private final Request request;
    private final HttpSettings.Limits limits;
    private final long most;
    private volatile byte @Nullable [] bytes;
    private volatile @Nullable BodyStream stream;

    /**
     * Makes a body.
     *
     * @param most bytes of its stream; what is read into memory never has more than the limit
     */
    RequestBody(Request request, HttpSettings.Limits limits, long most) {
        this.request = request;
        this.limits = limits;
        this.most = most;
    }

    /** Says that a body is over the limit. */
    static MortiseException tooLarge(long limit) {
        return new MortiseException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body of a request has at most %d MB. Send less, or raise 'body.max.mb' in etc/http.properties."
                        .formatted(limit / (1024 * 1024)));
    }

    @Override
    public OptionalLong length() {
        byte[] known = bytes;
        if (known != null) {
            return OptionalLong.of(known.length);
        }
        long declared = request.getLength();
        return declared < 0 ? OptionalLong.empty() : OptionalLong.of(declared);
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        byte[] known = bytes;
        if (known == null) {
            known = readAll();
            bytes = known;
        }
        return ByteBuffer.wrap(known).asReadOnlyBuffer();
    }

    private byte[] readAll() throws IOException {
        try (InputStream in = open(limits.bodyBytes())) {
            long declared = request.getLength();
            // Reads in pieces, so memory grows with what arrives and not with what a peer announces.
            return declared < 0 || declared > limits.bodyBytes()
                    ? in.readAllBytes()
                    : in.readNBytes(Math.toIntExact(declared));
        }
    }

    @Override
    public InputStream stream() throws IOException {
        byte[] known = bytes;
        return known == null ? open(most) : new ByteArrayInputStream(known);
    }

    private InputStream open(long limit) {
        if (stream != null) {
            throw new IllegalStateException("The body of this request was taken as a stream already; that works once.");
        }
        BodyStream opened = new BodyStream(request, limits, limit);
        stream = opened;
        return opened;
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        byte[] known = bytes;
        if (known == null) {
            Pieces.handOn(open(most), length(), sink);
        } else {
            sink.write(known);
        }
    }

    @Override
    public boolean held(long nanos) {
        BodyStream read = stream;
        return read != null && read.held(nanos);
    }

    @Override
    public boolean buffered() {
        return bytes != null;
    }
}
