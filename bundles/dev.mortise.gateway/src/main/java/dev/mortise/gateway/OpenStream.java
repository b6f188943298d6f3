// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.gateway.guard.OpenStreams;
import dev.mortise.kernel.call.Unread;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer of a streaming endpoint while it is written, on the thread that made this. It has no deadline; but it is ended
 * when nothing is written for too long, and in order when its plugin version leaves. Either way the writer's thread is
 * interrupted, and what it writes afterwards fails.
 */
final class OpenStream implements Body, Closeable, OpenStreams.Open {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStream.class);
    /** How fast a client takes what is written is the listener's matter: no write of a stream takes so long. */
    private static final long WRITING_NANOS = TimeUnit.DAYS.toNanos(1);
    /** A writer that heeds its interrupt leaves its caller a proper end; then the connection is closed under it. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum State {
        OPEN,
        ENDING,
        SILENT
    }

    /**
     * What holds for a streaming endpoint.
     *
     * @param opened the streams of its plugin version
     * @param idleNanos how long it may write nothing
     */
    record Rule(OpenStreams opened, long idleNanos) {}

    private final Body body;
    private final Passage passage;
    private final Rule rule;
    private final Deadlines deadlines;
    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final Watch idle;
    // The timer sets the one and reads the other, the writer the other way round: one of them ends that watch.
    private volatile @Nullable Watch grace;
    private volatile boolean over;

    private OpenStream(Body body, Passage passage, Rule rule, Deadlines deadlines) {
        this.body = body;
        this.passage = passage;
        this.rule = rule;
        this.deadlines = deadlines;
        this.idle = deadlines.watch(next(), this::silent);
    }

    /** Begins on the thread that will write it, which says when it is over. */
    static OpenStream begin(Body body, Passage passage, Rule rule, Deadlines deadlines) {
        OpenStream stream = new OpenStream(body, passage, rule, deadlines);
        rule.opened().begun(stream);
        return stream;
    }

    private long next() {
        return System.nanoTime() + rule.idleNanos();
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        try {
            body.writeTo(new Watched(sink));
        } catch (IOException | RuntimeException fault) {
            end(fault);
            return;
        }
        end(null);
    }

    /** What the writer makes of its interrupt is its matter: who is to leave has ended in order. */
    private void end(@Nullable Exception fault) throws IOException {
        settle();
        State last = state.get();
        if (last == State.SILENT) {
            MortiseException late = new MortiseException(ErrorCode.DEADLINE_EXCEEDED, wroteNothing());
            if (fault != null) {
                late.addSuppressed(fault);
            }
            throw late;
        }
        if (last == State.OPEN && fault instanceof IOException broken) {
            throw broken;
        }
        if (last == State.OPEN && fault instanceof RuntimeException broken) {
            throw broken;
        }
    }

    @Override
    public void end() {
        if (state.compareAndSet(State.OPEN, State.ENDING)) {
            deadlines.expire(idle);
        }
    }

    /** Called by the timer, and by whoever ends it. */
    private void silent() {
        if (!state.compareAndSet(State.OPEN, State.SILENT)) {
            return;
        }
        passage.outlived();
        LOG.warn("{}, request {}", wroteNothing(), passage.requestId());
        Watch last = deadlines.watch(thread, System.nanoTime() + GRACE_NANOS, passage.exchange()::abort);
        grace = last;
        if (over) {
            deadlines.end(last);
        }
    }

    private String wroteNothing() {
        return "The stream %s %s wrote nothing for %d s (streams.idle.seconds) and is ended"
                .formatted(
                        passage.exchange().method(),
                        passage.exchange().rawPath(),
                        TimeUnit.NANOSECONDS.toSeconds(rule.idleNanos()));
    }

    /** From here on nobody interrupts the thread, and it is not interrupted. */
    private void settle() {
        over = true;
        deadlines.end(idle);
        Watch last = grace;
        if (last != null) {
            deadlines.end(last);
        }
    }

    /** Ends the watch over it, written or not. */
    void over() {
        settle();
        rule.opened().over(this);
    }

    @Override
    public void close() {
        Unread.discard(body);
    }

    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        return body.buffer();
    }

    @Override
    public InputStream stream() throws IOException {
        return body.stream();
    }

    @Override
    public boolean buffered() {
        return false;
    }

    /** What the writer writes to. */
    private final class Watched extends OutputStream {
        private final OutputStream sink;

        Watched(OutputStream sink) {
            this.sink = sink;
        }

        @Override
        public void write(int b) throws IOException {
            within(() -> sink.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            within(() -> sink.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            within(sink::flush);
        }

        private void within(Writing writing) throws IOException {
            if (state.get() != State.OPEN) {
                throw new IOException("This stream is over: its plugin leaves, or it wrote nothing for too long.");
            }
            deadlines.move(idle, System.nanoTime() + WRITING_NANOS);
            try {
                writing.run();
            } finally {
                deadlines.move(idle, next());
            }
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
