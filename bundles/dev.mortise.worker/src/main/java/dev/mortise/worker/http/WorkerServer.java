// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Route;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The HTTP/1.1 server of a process, that of the JDK (docs/decisions/0026). It listens from the beginning and answers from
 * {@link #serve} on, so that whoever asks meanwhile is answered in the moment that the plugin is ready.
 */
public final class WorkerServer implements AutoCloseable {
    /** More than the gateway lets run in one plugin at once, with room for those that outlived their deadline. */
    private static final int MOST_THREADS = 200;

    private static final int BACKLOG = 256;
    private static final Duration IDLE = Duration.ofSeconds(10);

    static {
        // Without it every answer waits for the acknowledgement of its head, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // The gateway closes idle connections after 15 s (hop.idle.seconds); one that this side closed could lose a
        // call.
        System.setProperty("sun.net.httpserver.idleInterval", "30");
        // A body that nobody wants is read up to here, so that the connection can be used again.
        System.setProperty("sun.net.httpserver.drainAmount", Integer.toString(64 * 1024));
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Deadlines deadlines;
    private final Running running = new Running();

    private WorkerServer(HttpServer server) {
        this.server = server;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0, MOST_THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "mortise-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
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
        return new WorkerServer(HttpServer.create(address, BACKLOG));
    }

    /** Answers the port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
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
        server.setExecutor(threads);
        server.createContext(
                "/", new Entrance(surface, new ControlCalls(surface, json), routes, callers, problems, running));
        server.start();
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
        server.stop(0);
        deadlines.close();
        threads.shutdownNow();
    }
}
