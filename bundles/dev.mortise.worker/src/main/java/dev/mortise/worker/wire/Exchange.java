// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** One request, and the way to answer it once. */
public final class Exchange {
    private final Connection connection;
    private final RequestHead head;
    private final Content content;
    private final String path;
    private final Optional<String> query;
    private volatile boolean last;
    private volatile boolean whole;
    private boolean begun; // guarded by the monitor, so that nothing is said between the bytes of an answer

    Exchange(Connection connection, RequestHead head, InputStream content) {
        this.connection = connection;
        this.head = head;
        this.content = new Content(content, head.awaitsContinue(), this::goOn);
        this.last = !head.keepsConnection();
        String target = head.request().getPath();
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
    }

    public String method() {
        return head.request().getMethod();
    }

    /** Answers the path as it was sent, percent-encoded. */
    public String path() {
        return path;
    }

    /** Answers the query as it was sent, without its question mark. */
    public Optional<String> query() {
        return query;
    }

    /** Answers the first value of a field, whatever the case of its name. */
    public Optional<String> field(String name) {
        return head.first(name);
    }

    /** Hands over all fields in their order, as they are spelled. */
    public void fields(BiConsumer<String, String> visitor) {
        head.forEach(visitor);
    }

    /** Answers the content; whoever reads it waits for it. */
    public InputStream content() {
        return content;
    }

    /** Answers how long the content is; empty when it comes in chunks. */
    public OptionalLong contentLength() {
        return head.length();
    }

    /** Tells whether it comes from this machine. */
    public boolean local() {
        return connection.local();
    }

    /** Who asks has proved himself: his request may take the time that it has, and not that of strangers. */
    public void admit() {
        connection.admit();
    }

    /** No request follows over this connection, because the thread that read this one is not to be waited for. */
    public void last() {
        last = true;
        connection.desert();
    }

    /**
     * Begins an answer without content.
     *
     * @param length what the answer to a GET would have, to be told in that to a HEAD
     */
    public void answer(int status, Headers fields, OptionalLong length) throws IOException {
        begin(status, fields, length, AnswerHead.Framing.NONE).close();
        end();
    }

    /**
     * Begins an answer with content, which is to be written to what this returns. To close that ends the answer.
     *
     * @param length of the content, where it is known
     */
    public OutputStream answerWith(int status, Headers fields, OptionalLong length) throws IOException {
        AnswerHead.Framing framing = length.isPresent()
                ? AnswerHead.Framing.LENGTH
                : head.knowsChunks() ? AnswerHead.Framing.CHUNKS : AnswerHead.Framing.UNTIL_CLOSED;
        return new Whole(begin(status, fields, length, framing), length, this::end);
    }

    private synchronized OutputStream begin(int status, Headers fields, OptionalLong length, AnswerHead.Framing framing)
            throws IOException {
        begun = true;
        last |= framing == AnswerHead.Framing.UNTIL_CLOSED || content.awaited();
        return connection.begin(new AnswerHead(status, fields, length, framing, last));
    }

    private void end() {
        whole = true;
        connection.answered(last);
    }

    /** Breaks the answer off if it is not over: a thread that writes it is not waited for. */
    public void cut() {
        if (!whole) {
            connection.cut();
        }
    }

    private synchronized void goOn() throws IOException {
        if (begun) {
            throw new IOException("The request was answered before its body was sent.");
        }
        connection.goOn();
    }

    /** Tells whether the answer was given, to its last byte. */
    boolean whole() {
        return whole;
    }

    /** Ends it when its thread comes back; tells whether the next request follows. */
    boolean over(int mostUnread) throws IOException {
        return whole && !last && content.drain(mostUnread);
    }
}
