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
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
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
    private final HttpSettings settings;
    private final Taking taking;
    private final Completion completion;

    ResponseWriter(
            Request request,
            org.eclipse.jetty.server.Response target,
            HttpSettings settings,
            Taking taking,
            Completion completion) {
        this.request = request;
        this.settings = settings;
        this.target = target;
        this.taking = taking;
        this.completion = completion;
    }

    /**
     * Writes the answer and tells what became of it.
     *
     * @param close tells the client not to use the connection again
     */
    Delivery write(Response answer, boolean close) {
        try {
            Optional<String> fault = ResponseFields.copy(
                    answer.headers(), target.getHeaders(), Http2.mostFieldBytes(request, settings.answerHeaderBytes()));
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
        if (answer.status() == 204 || answer.status() == 205) { // neither has content (RFC 9110, 15.3.5 and 15.3.6)
            Unread.discard(body);
            send(null);
        } else if (answer.status() == 304) {
            describeWhatTheClientHas(body);
            Unread.discard(body);
            sendFieldsAlone();
        } else if (request.getMethod().equals("HEAD")) {
            describe(answer.status(), body);
        } else if (body.buffered()) {
            send(coded(answer.status(), body.buffer()));
        } else {
            declareLength(body.length());
            return stream(body);
        }
        return Delivery.SENT;
    }

    /** Answers HEAD with the fields of GET, and with its length only where that is known (RFC 9110, section 9.3.2). */
    private void describe(int status, Body body) throws IOException {
        ByteBuffer bytes = body.buffered() ? coded(status, body.buffer()) : BufferUtil.EMPTY_BUFFER;
        OptionalLong length = bytes.hasRemaining() ? OptionalLong.of(bytes.remaining()) : body.length();
        Unread.discard(body);
        declareLength(length);
        if (length.isPresent()) {
            send(null);
        } else {
            sendFieldsAlone();
        }
    }

    /** Answers the bytes as the client takes them. */
    private ByteBuffer coded(int status, ByteBuffer bytes) {
        HttpFields.Mutable fields = target.getHeaders();
        Compression compression = settings.compression();
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
        if (body.buffered()
                && settings.compression().covers(304, fields, body.length().orElse(0))) {
            Compression.vary(fields);
            if (Compression.accepted(request.getHeaders())) {
                Compression.weaken(fields);
            }
        }
        fields.remove(DESCRIBING);
    }

    private void declareLength(OptionalLong known) {
        known.ifPresent(length -> target.getHeaders().put(HttpHeader.CONTENT_LENGTH, length));
    }

    private void send(@Nullable ByteBuffer bytes) {
        taking.waits(); // until the exchange ends
        target.write(true, bytes, completion);
    }

    /** In one go Jetty says that there are no bytes, where a length is that of another answer, or unknown. */
    private void sendFieldsAlone() {
        target.write(false, null, Callback.from(() -> send(null), completion::failed));
    }

    private Delivery stream(Body body) {
        ClientStream client = new ClientStream(Content.Sink.asOutputStream(target), taking);
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
