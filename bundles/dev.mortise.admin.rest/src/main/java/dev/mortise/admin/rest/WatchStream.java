// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * The events of one watch. It holds a thread while it is written, so it ends after a while, with its tenant, with the
 * credential, and with the container; the client comes again by itself and says which event it had last. Whoever does not write it closes it.
 */
final class WatchStream implements Body, Closeable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    // the id is for a client whose stream ends before there is anything to tell
    private static final String BEGIN = "retry: 1000\nid: %s\n\n";
    private static final String HEARTBEAT = ":\n\n";

    private final Space space;
    private final Watch watch;
    private final Changes changes;
    private final StreamPlaces.Held place;
    private final BooleanSupplier serving;
    private final BooleanSupplier credential;
    private final Json json;

    /** The credential is asked now and then whether it is still good. */
    WatchStream(
            Space space,
            Watch watch,
            Changes changes,
            StreamPlaces.Held place,
            BooleanSupplier serving,
            BooleanSupplier credential,
            Json json) {
        this.space = space;
        this.watch = watch;
        this.changes = changes;
        this.place = place;
        this.serving = serving;
        this.credential = credential;
        this.json = json;
    }

    /** What an event says. */
    record Event(String namespace, String key, long version, String kind) {}

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        try (this) {
            send(sink, BEGIN.formatted(watch.since().text()));
            events(sink);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void events(OutputStream sink) throws IOException, InterruptedException {
        long end = System.nanoTime() + place.limits().longest().toNanos();
        long silence = place.limits().heartbeat().toNanos();
        long sent = System.nanoTime();
        long asked = sent;
        while (System.nanoTime() < end && watch.open() && !watch.paused() && serving.getAsBoolean()) {
            List<Change> next = changes.take(LOOK);
            if (!next.isEmpty()) {
                send(sink, text(next));
                sent = System.nanoTime();
            } else if (System.nanoTime() - sent >= silence) {
                send(sink, HEARTBEAT);
                sent = System.nanoTime();
            }
            if (System.nanoTime() - asked >= silence) {
                if (!credential.getAsBoolean()) {
                    return;
                }
                asked = System.nanoTime();
            }
        }
    }

    private String text(List<Change> next) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Change change : next) {
            String kind = change.deleted() ? "deleted" : "set";
            Event event = new Event(space.namespace(), change.key(), change.version(), kind);
            text.append("id: ").append(change.mark().text());
            text.append("\nevent: ").append(kind);
            text.append("\ndata: ").append(json.write(event).text()).append("\n\n");
        }
        return text.toString();
    }

    private static void send(OutputStream sink, String text) throws IOException {
        sink.write(text.getBytes(StandardCharsets.UTF_8));
        sink.flush();
    }

    @Override
    public void close() {
        watch.close();
        place.close();
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
        throw new IllegalStateException("Events of shared data are written as they come; nobody collects them.");
    }

    @Override
    public InputStream stream() {
        throw new IllegalStateException("Events of shared data are written as they come; nobody reads them here.");
    }
}
