// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Route;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.worker.wire.Bounds;
import dev.mortise.worker.wire.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The HTTP/1.1 server of a process (docs/decisions/0039). It listens from the beginning and answers from {@link #serve} on, so
 * that whoever asks meanwhile is answered in the moment that the plugin is ready.
 */
public final class WorkerServer implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ExecutorService threads;
    private final Listener listener;
    private final Deadlines deadlines;
    private final Running running = new Running();

    private WorkerServer(ExecutorService threads, Listener listener) {
        this.threads = threads;
        this.listener = listener;
        this.deadlines = new Deadlines(threads);
    }

    /** Who is called here. */
    public record Served(PluginId plugin, ClassLoader loader, List<Route> routes) {}

    /**
     * Listens.
     *
     * @throws IOException when the port is taken, or the address is none of this machine
     */
    public static WorkerServer bind(InetSocketAddress address) throws IOException {
        ExecutorService threads = threads();
        return new WorkerServer(threads, Listener.bind(address, Bounds.ofProperties(), threads));
    }

    /** No more than two for each connection: one that is late has another that answers in its place. */
    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "mortise-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Answers the port that it listens on. */
    public int port() {
        return listener.port();
    }

    /**
     * Answers requests from now on.
     *
     * @param keys verify the tokens of calls; empty for a plugin that runs alone, whose callers prove nothing
     */
    public void serve(Served served, Surface surface, Json json, Optional<Supplier<List<String>>> keys) {
        Problems problems = new Problems(served.plugin(), json);
        RouteCalls routes = new RouteCalls(served.plugin(), served.loader(), served.routes(), deadlines, problems);
        Callers callers = keys.map(known ->
                        Callers.signed(new HopTokenJudge(served.plugin().value(), known, json, Clock.systemUTC())))
                .orElseGet(() -> Callers.author(TenantId.DEFAULT));
        listener.begin(new Entrance(surface, new ControlCalls(surface, json), routes, callers, problems, running));
    }

    /** Refuses further calls of routes, and waits for those that run; tells whether all have ended. */
    public boolean drain(Duration patience) {
        try {
            return running.close(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends at once. */
    @Override
    public void close() {
        listener.close();
        deadlines.close();
        threads.shutdownNow();
    }
}
