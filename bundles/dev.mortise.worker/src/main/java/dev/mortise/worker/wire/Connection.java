// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthOutputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseWriter;
import org.apache.hc.core5.http.impl.io.IdentityOutputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.io.Closer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection and the requests that come over it, one after the other, on the thread that runs it. */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 8 * 1024;
    /** A body that nobody wants is read up to here, so that the connection can be used again. */
    private static final int MOST_UNREAD = 64 * 1024;
    /** How long the rest of a request is taken after the last answer: a client that sends on would lose it otherwise. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Socket socket;
    private final Calls calls;
    private final InputStream in;
    private final OutputStream out;
    private final SessionInputBufferImpl input;
    private final SessionOutputBufferImpl output = new SessionOutputBufferImpl(BUFFER);
    private final DefaultHttpResponseWriter writer = new DefaultHttpResponseWriter();
    private final HeadReader heads;
    private final Duration idle;
    private final Patience patience;
    private volatile boolean untilClosed;
    private volatile boolean proved;
    private volatile boolean told;
    private volatile boolean deserted;

    Connection(Socket socket, Bounds bounds, Calls calls) throws IOException {
        this.socket = socket;
        this.calls = calls;
        this.idle = bounds.idle();
        this.patience = new Patience(idle);
        socket.setTcpNoDelay(true); // otherwise the end of an answer may wait for the acknowledgement of its beginning
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.input = new SessionInputBufferImpl(BUFFER, HeadReader.longestLine(bounds));
        this.heads = new HeadReader(bounds, input, in);
    }

    /** Answers what comes until either side has enough, and closes. */
    void run() {
        try {
            Optional<RequestHead> head = next();
            while (head.isPresent() && answered(head.get())) {
                head = next();
            }
            linger();
            close();
        } catch (IOException broken) {
            LOG.debug("Connection from {} ends", socket.getRemoteSocketAddress(), broken);
        } finally {
            cut();
        }
    }

    private Optional<RequestHead> next() throws IOException {
        try {
            return heads.next();
        } catch (Refused refused) {
            refuse(calls.refusal(refused.code(), refused.detail()));
            return Optional.empty();
        }
    }

    private boolean answered(RequestHead head) throws IOException {
        Exchange exchange = new Exchange(this, head, content(head));
        calls.answer(exchange);
        boolean next = exchange.over(MOST_UNREAD);
        if (!next && exchange.whole()) {
            answered(true);
        }
        return next;
    }

    private InputStream content(RequestHead head) {
        if (head.length().isEmpty()) {
            return heads.chunks();
        }
        long length = head.length().getAsLong();
        return length == 0 ? InputStream.nullInputStream() : new ContentLengthInputStream(input, in, length);
    }

    /** Tells somebody something who is not listened to any more. */
    void refuse(Response response) {
        Body body = response.body();
        AnswerHead head =
                new AnswerHead(response.status(), response.headers(), body.length(), AnswerHead.Framing.LENGTH, true);
        try (OutputStream content = begin(head)) {
            body.writeTo(content);
        } catch (IOException gone) {
            LOG.debug("{} was not told why it is refused", socket.getRemoteSocketAddress(), gone);
        }
        answered(true);
    }

    /** Takes what still comes, until the other side has ended or is not waited for any more. */
    private void linger() throws IOException {
        byte[] waste = new byte[BUFFER];
        while (in.read(waste) >= 0) {
            // what is sent now is not wanted
        }
    }

    /** Says that the content of a request may come. */
    void goOn() throws IOException {
        out.write(CONTINUE);
    }

    /** Begins an answer; closing what this returns ends it. */
    OutputStream begin(AnswerHead head) throws IOException {
        untilClosed = head.framing() == AnswerHead.Framing.UNTIL_CLOSED;
        head.write(writer, output, out);
        return switch (head.framing()) {
            case CHUNKS -> new ChunkedOutputStream(output, out, BUFFER);
            case LENGTH ->
                new ContentLengthOutputStream(output, out, head.length().orElse(0));
            case NONE, UNTIL_CLOSED -> new IdentityOutputStream(output, out);
        };
    }

    /** Waits for the next request from now on, or only for the other side to have taken the answer. */
    void answered(boolean last) {
        told = true;
        patience.begin(last ? LINGER : idle);
        if (last) {
            try {
                socket.shutdownOutput();
            } catch (IOException gone) {
                LOG.debug("{} has gone", socket.getRemoteSocketAddress(), gone);
            }
        }
    }

    boolean local() {
        return socket.getInetAddress().isLoopbackAddress();
    }

    void admit() {
        proved = true;
        patience.forget();
    }

    /** Its thread is in a call that another one answers, and may never come back. */
    void desert() {
        deserted = true;
    }

    boolean deserted() {
        return deserted;
    }

    /** Tells whether somebody was answered here who has never proved himself. */
    boolean ofStranger() {
        return told && !proved;
    }

    Patience patience() {
        return patience;
    }

    /** Closes in the midst of an answer. Where its end is that of the connection, another kind of end must tell. */
    void cut() {
        try {
            if (untilClosed) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException gone) {
            LOG.debug("{} has gone", socket.getRemoteSocketAddress(), gone);
        }
        close();
    }

    @Override
    public void close() {
        Closer.closeQuietly(socket);
    }
}
