// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.Delivery;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Writes the one answer of an exchange: bytes in memory in one go without waiting, a stream on the calling thread. */
final class ResponseWriter {
    private static final int BUFFER_BYTES = 8192;
    private static final EnumSet<HttpHeader> DESCRIBING = EnumSet.of(
            HttpHeader.CONTENT_TYPE,
            HttpHeader.CONTENT_ENCODING,
            HttpHeader.CONTENT_LANGUAGE,
            HttpHeader.CONTENT_LENGTH,
            HttpHeader.CONTENT_RANGE);

    private final Request request;
    private final org.eclipse.jetty.server.Response target;
    private final Compression compression;
    private final Completion completion;

    ResponseWriter(
            Request request, org.eclipse.jetty.server.Response target, Compression compression, Completion completion) {
        this.request = request;
        this.compression = compression;
        this.target = target;
        this.completion = completion;
    }

    /**
     * Writes the answer and tells what became of it.
     *
     * @param close tells the client not to use the connection again
     */
    Delivery write(Response answer, boolean close) {
        try {
            Optional<String> fault = ResponseFields.copy(answer.headers(), target.getHeaders());
            if (fault.isPresent()) {
                Unread.discard(answer.body());
                return unwritable(new IllegalArgumentException("The answer is refused: " + fault.get()));
            }
            begin(answer.status(), close);
            return content(answer);
        } catch (IOException | RuntimeException | Error fault) { // fields and bodies may be the plugin's own code
            return unwritable(fault);
        }
    }

    private void begin(int status, boolean close) {
        target.setStatus(status);
        if (close) {
            target.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    private Delivery content(Response answer) throws IOException {
        Body body = answer.body();
        boolean head = request.getMethod().equals("HEAD");
        if (answer.status() == 204) {
            Unread.discard(body);
            send(null);
        } else if (answer.status() == 304) {
            describeWhatTheClientHas(body);
            Unread.discard(body);
            sendFieldsAlone();
        } else if (body.buffered()) {
            ByteBuffer bytes = coded(answer.status(), body.buffer());
            if (head) {
                long length =
                        bytes.hasRemaining() ? bytes.remaining() : body.length().orElse(0);
                target.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
            }
            send(head ? null : bytes);
        } else {
            declareLength(body);
            if (head) {
                Unread.discard(body);
                send(null);
            } else {
                return stream(body);
            }
        }
        return Delivery.SENT;
    }

    /** Answers the bytes as the client takes them. */
    private ByteBuffer coded(int status, ByteBuffer bytes) {
        HttpFields.Mutable fields = target.getHeaders();
        if (!compression.covers(status, fields, bytes.remaining())) {
            return bytes;
        }
        Compression.vary(fields);
        if (!Compression.accepted(request.getHeaders())) {
            return bytes;
        }
        ByteBuffer packed = compression.compress(bytes);
        if (packed.remaining() >= bytes.remaining()) {
            return bytes;
        }
        Compression.weaken(fields);
        fields.put(HttpHeader.CONTENT_ENCODING, "gzip");
        return packed;
    }

    /** 304 has the fields of the answer that it stands for, without those that describe content (RFC 9110, 15.4.5). */
    private void describeWhatTheClientHas(Body body) {
        HttpFields.Mutable fields = target.getHeaders();
        if (body.buffered() && compression.covers(304, fields, body.length().orElse(0))) {
            Compression.vary(fields);
            if (Compression.accepted(request.getHeaders())) {
                Compression.weaken(fields);
            }
        }
        fields.remove(DESCRIBING);
    }

    private void declareLength(Body body) {
        body.length().ifPresent(length -> target.getHeaders().put(HttpHeader.CONTENT_LENGTH, length));
    }

    private void send(@Nullable ByteBuffer bytes) {
        target.write(true, bytes, completion);
    }

    /** In one go Jetty says that there are no bytes, where a length is that of the answer which the client has. */
    private void sendFieldsAlone() {
        target.write(false, null, Callback.from(() -> send(null), completion::failed));
    }

    private Delivery stream(Body body) {
        ClientStream client = new ClientStream(Content.Sink.asOutputStream(target));
        OutputStream buffered = new BufferedOutputStream(client, BUFFER_BYTES);
        try {
            body.writeTo(buffered);
            buffered.flush();
            client.close();
            completion.succeeded();
            return Delivery.SENT;
        } catch (IOException | RuntimeException | Error fault) {
            if (!client.isGone() && !target.isCommitted()) {
                return unwritable(fault);
            }
            completion.failed(fault);
            return new Delivery.BrokenOff(fault, client.isGone());
        }
    }

    /** Forgets an answer of which nothing is written yet. */
    private Delivery unwritable(Throwable fault) {
        target.getHeaders().clear();
        return new Delivery.Unwritable(fault);
    }
}
