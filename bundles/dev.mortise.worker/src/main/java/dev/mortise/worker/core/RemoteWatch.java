// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Watch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of changes of shared data as server-sent events (HTML, section 9.2) on a thread of its own. The core ends every stream
 * after a while; it is asked again from the last event on, until the watch is closed.
 */
final class RemoteWatch implements Watch {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWatch.class);
    private static final SharedMark NOTHING = new SharedMark(0, 0);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CoreClient core;
    private final Headers headers;
    private final String target;
    private final Json json;
    private final Consumer<Change> listener;
    private final Thread reader = new Thread(this::listen, "mortise-worker-watch");
    private volatile boolean closed;
    private volatile @Nullable InputStream stream;
    private volatile String last = "";

    private RemoteWatch(CoreClient core, Headers headers, String target, Json json, Consumer<Change> listener) {
        this.core = core;
        this.headers = headers;
        this.target = target;
        this.json = json;
        this.listener = listener;
    }

    static RemoteWatch begin(CoreClient core, Headers headers, String target, Json json, Consumer<Change> listener) {
        RemoteWatch watch = new RemoteWatch(core, headers, target, json, listener);
        watch.reader.setDaemon(true);
        watch.reader.start();
        return watch;
    }

    @Override
    public boolean open() {
        return !closed;
    }

    @Override
    public SharedMark since() {
        return mark(last);
    }

    private static SharedMark mark(String id) {
        return SharedMark.of(id).orElse(NOTHING);
    }

    @Override
    public void close() {
        closed = true;
        InputStream open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException gone) {
                LOG.debug("A watch was gone already", gone);
            }
        }
        reader.interrupt();
    }

    private void listen() {
        while (!closed) {
            try {
                hear();
                Thread.sleep(PAUSE.toMillis());
            } catch (IOException | MortiseException e) {
                LOG.debug("A watch of shared data broke off; it is begun again", e);
                pause();
            } catch (InterruptedException e) {
                closed = true;
            } catch (Throwable e) {
                // nobody would begin it again, and the plugin would never know
                LOG.warn("A watch of shared data failed; it is begun again", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void hear() throws IOException {
        Headers fields = last.isEmpty() ? headers : headers.with("Last-Event-ID", last);
        Response response = core.send(new CoreClient.Outgoing("GET", target, fields, Body.empty(), PATIENCE));
        try (InputStream in = response.body().stream()) {
            if (response.status() != 200) {
                throw new IOException("status " + response.status());
            }
            stream = in;
            read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        }
    }

    private void read(BufferedReader lines) throws IOException {
        String id = last;
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                Map<?, ?> event = json.read(line.substring("data: ".length()), Map.class);
                tell(String.valueOf(event.get("key")), event.get("version"), mark(id), event.get("kind"));
            } else if (line.isEmpty()) {
                // only what has come whole was heard
                last = id;
            }
        }
    }

    private void tell(String key, @Nullable Object version, SharedMark mark, @Nullable Object kind) {
        long number = version instanceof Number known ? known.longValue() : 0;
        listener.accept(new Change(key, number, mark, "deleted".equals(kind)));
    }
}
