// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a client hears while it does not ask: that there are other tools now. It holds a thread while it is written, so it
 * ends after a while, with its session, its tenant, the credential and the container; the client comes again by itself.
 */
final class EventStream implements Body, Closeable, McpStreamableServerTransport {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String HEARTBEAT = ":\n\n";

    private final Session session;
    private final Watching watching;
    private final Json json;
    private final Runnable closed;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable OutputStream sink;

    /** What the stream asks while it is open. */
    interface Watching {
        /** Answers what bounds it. */
        SessionLimits limits();

        /** Tells whether the client knows the tools; asked every second. */
        boolean outdated();

        /** Tells whether container and tenant are served; asked every second. */
        boolean serving();

        /** Tells whether the credential is still good; asked now and then. */
        boolean credential();
    }

    /**
     * Prepares the stream of a session.
     *
     * @param closed is run when it ended, also when nobody wrote it
     */
    EventStream(Session session, Watching watching, Json json, Runnable closed) {
        this.session = session;
        this.watching = watching;
        this.json = json;
        this.closed = closed;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        sink = out;
        // the one that the session had before is closed by this
        session.protocol().listeningStream(this);
        try (this) {
            send(HEARTBEAT);
            events();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void events() throws IOException, InterruptedException {
        long end = System.nanoTime() + watching.limits().longest().toNanos();
        long silence = watching.limits().heartbeat().toNanos();
        long sent = System.nanoTime();
        while (System.nanoTime() - end < 0 && watching.serving()) {
            if (watching.outdated()) {
                session.protocol()
                        .sendNotification(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED, null)
                        .block();
            }
            if (System.nanoTime() - sent >= silence) {
                if (!watching.credential()) {
                    return;
                }
                session.used();
                send(HEARTBEAT);
                sent = System.nanoTime();
            }
            if (over.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** Called on the thread that writes. */
    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            try {
                send("event: message\ndata: " + json.write(message).text() + "\n\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message, String eventId) {
        return sendMessage(message); // nothing is told twice, so no event needs a name
    }

    private void send(String text) throws IOException {
        OutputStream out = sink;
        if (out != null) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return Reply.unmarshal(json, data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    /** Lets whoever writes it end soon; whoever does not write it closes it. */
    @Override
    public void close() {
        over.countDown();
        sink = null;
        closed.run();
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.empty();
    }

    @Override
    public boolean buffered() {
        return false;
    }

    @Override
    public ByteBuffer buffer() {
        throw new IllegalStateException("Events are written as they come; nobody collects them.");
    }

    @Override
    public InputStream stream() {
        throw new IllegalStateException("Events are written as they come; nobody reads them here.");
    }
}
