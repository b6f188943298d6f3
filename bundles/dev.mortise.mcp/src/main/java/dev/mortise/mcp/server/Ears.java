// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Unread;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Listens to what a server says while nobody asks (streamable HTTP, "Listening for Messages from the Server"), on a thread of
 * its own, for as long as there is a connection to it. One that has no such stream is not asked again.
 */
final class Ears implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(5);
    private static final String EVENTS = "text/event-stream";

    private final Supplier<Response> asking;
    private final AnswerLimit longest;
    private final Consumer<String> told;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Listens from now on.
     *
     * @param asking asks for the stream
     * @param longest what one event may be
     * @param told gets the data of each event; what it throws ends the listening
     */
    Ears(Supplier<Response> asking, AnswerLimit longest, Consumer<String> told) {
        this.asking = asking;
        this.longest = longest;
        this.told = told;
        thread = new Thread(null, this::run, "mortise-mcp-ears", 0, false);
        thread.setDaemon(true);
    }

    Ears open() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            boolean more = true;
            while (more && !over.await(0, TimeUnit.MILLISECONDS)) {
                more = listen() && !over.await(REST.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            over.countDown(); // it says what is none of the protocol, or more than may be
        }
    }

    /** Answers whether there may be such a stream later. */
    private boolean listen() {
        Response response;
        try {
            response = asking.get();
        } catch (ServerFault gone) {
            return true;
        }
        boolean events = response.status() == 200
                && response.headers().first("Content-Type").orElse("").startsWith(EVENTS);
        if (!events) {
            Unread.discard(response.body());
            return false;
        }
        try (InputStream in = response.body().stream()) {
            EventReader reader = new EventReader(in, longest);
            for (Optional<String> data = reader.next(); data.isPresent(); data = reader.next()) {
                told.accept(data.get());
                reader.begin();
            }
        } catch (IOException | MortiseException brokenOffOrSilent) {
            return true;
        }
        return true;
    }

    @Override
    public void close() {
        over.countDown();
        thread.interrupt();
    }
}
