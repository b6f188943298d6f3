// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.core.RemoteSharedData;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.given.StandardInput;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.plugin.StartRefused;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A worker that the container started: what it may not say aloud it says on standard input. */
final class ChildProcess {
    /** The container sends a signal 5 s after it asked, and kills 5 s later. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private static final String LOOPBACK = "127.0.0.1";

    private final PluginSource source;
    private final Map<String, String> environment;
    private final Given given = new Given(Given.State.NONE);
    private final CompletableFuture<Worker> worker = new CompletableFuture<>();

    ChildProcess(PluginSource source, Map<String, String> environment) {
        this.source = source;
        this.environment = environment;
    }

    /** Runs until standard input ends, the container says so, or a signal comes. */
    void run() throws Exit, InterruptedException {
        WorkerServer server = Startup.listen(LOOPBACK, port());
        Json json = ClassPath.find(JsonFactory.class).lenient();
        StandardInput input = new StandardInput(System.in, json, given);
        input.begin(connected -> worker.join().changed(connected), () -> System.exit(0));
        if (!input.awaitFirst()) {
            throw new Exit(Exit.CONFIGURATION, "Standard input ended before its first line.");
        }
        CoreClient core = new CoreClient(coreUrl(), () -> given.now().credential());
        RemoteSharedData shared = new RemoteSharedData(source.manifest().id().value(), core, json);
        serve(new Startup(source, environment, given).start(server, core, shared, FAREWELL));
    }

    private void serve(Worker started) throws Exit, InterruptedException {
        ShutdownHook hook = ShutdownHook.of(started::close);
        try (started) {
            started.begin(Optional.of(() -> given.now().hopKeys()));
            worker.complete(started);
            started.await();
        } catch (StartRefused e) {
            throw new Exit(Exit.FAULT, e.sentence());
        } finally {
            hook.forget();
        }
    }

    private URI coreUrl() throws Exit {
        try {
            return URI.create(environment.getOrDefault("MORTISE_CORE_URL", ""));
        } catch (IllegalArgumentException e) {
            throw new Exit(Exit.CONFIGURATION, "MORTISE_CORE_URL is no URL.");
        }
    }

    private int port() throws Exit {
        String text = String.valueOf(environment.get("MORTISE_WORKER_PORT"));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Exit(Exit.CONFIGURATION, "MORTISE_WORKER_PORT is '" + text + "', which is no port.");
        }
    }
}
