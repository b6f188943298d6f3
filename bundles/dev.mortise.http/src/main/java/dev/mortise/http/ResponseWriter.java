// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the one answer of an exchange: bytes in memory in one go without waiting, a stream on the calling thread. */
final class ResponseWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);
    private static final int BUFFER_BYTES = 8192;

    private final Request request;
    private final org.eclipse.jetty.server.Response target;
    private final Completion completion;

    ResponseWriter(Request request, org.eclipse.jetty.server.Response target, Completion completion) {
        this.request = request;
        this.target = target;
        this.completion = completion;
    }

    /**
     * Writes the answer.
     *
     * @param close tells the client not to use the connection again
     */
    void write(Response answer, boolean close) {
        Optional<String> fault = ResponseFields.copy(answer.headers(), target.getHeaders());
        if (fault.isPresent()) {
            LOG.error("The answer to {} is refused: {}", description(), fault.get());
            fail(close);
            return;
        }
        begin(answer.status(), close);
        try {
            content(answer);
        } catch (IOException e) {
            LOG.error("The answer to {} can't be read", description(), e);
            fail(close);
        }
    }

    private void begin(int status, boolean close) {
        target.setStatus(status);
        if (close) {
            target.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    private void content(Response answer) throws IOException {
        Body body = answer.body();
        if (answer.status() == 204 || answer.status() == 304) {
            send(null);
        } else if (request.getMethod().equals("HEAD")) {
            declareLength(body);
            send(null);
        } else if (body.buffered()) {
            send(body.buffer());
        } else {
            declareLength(body);
            stream(body);
        }
    }

    private void declareLength(Body body) {
        body.length().ifPresent(length -> target.getHeaders().put(HttpHeader.CONTENT_LENGTH, length));
    }

    private void send(@Nullable ByteBuffer bytes) {
        target.write(true, bytes, completion);
    }

    private void stream(Body body) {
        ClientStream client = new ClientStream(Content.Sink.asOutputStream(target));
        OutputStream buffered = new BufferedOutputStream(client, BUFFER_BYTES);
        try {
            body.writeTo(buffered);
            buffered.flush();
            client.close();
            completion.succeeded();
        } catch (IOException | RuntimeException | Error fault) {
            failStream(client, fault);
        }
    }

    private void failStream(ClientStream client, Throwable fault) {
        if (client.isGone()) {
            LOG.debug("The client left while {} was answered", description(), fault);
        } else {
            LOG.error("The answer to {} failed while it was written; the connection is closed", description(), fault);
        }
        if (target.isCommitted()) {
            completion.failed(fault);
        } else {
            fail(true);
        }
    }

    /** Answers 500 in the place of an answer of which nothing is written yet. */
    private void fail(boolean close) {
        Refusal refusal = new Refusal(ErrorCode.INTERNAL, "The answer could not be written.");
        HttpFields.Mutable fields = target.getHeaders();
        fields.clear();
        fields.put(HttpHeader.CONTENT_TYPE, Refusal.MEDIA_TYPE);
        begin(refusal.status(), close);
        send(ByteBuffer.wrap(refusal.json().getBytes(StandardCharsets.UTF_8)));
    }

    private String description() {
        return request.getMethod() + " " + request.getHttpURI().getPath();
    }
}
