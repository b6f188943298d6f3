// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.JudgedManifests;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.given.Options;
import dev.mortise.worker.given.PluginJar;
import dev.mortise.worker.given.StandardInput;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.plugin.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A worker that the container started: what it may not say aloud it says on standard input. */
final class ChildProcess {
    /** The container sends a signal 5 s after it asked, and kills 5 s later. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private static final String LOOPBACK = "127.0.0.1";

    private final Options options;
    private final Map<String, String> environment;
    private final Given given = new Given(Given.State.NONE);
    private final CompletableFuture<Worker> worker = new CompletableFuture<>();

    ChildProcess(Options options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    /** Runs until standard input ends, the container says so, or a signal comes. */
    void run() throws Exit, InterruptedException {
        WorkerServer server = Startup.listen(LOOPBACK, port());
        StandardInput input =
                new StandardInput(System.in, ClassPath.find(JsonFactory.class).lenient(), given);
        input.begin(() -> worker.join().changed(), () -> System.exit(0));
        Startup startup = startup();
        if (!input.awaitFirst()) {
            throw new Exit(Exit.CONFIGURATION, "Standard input ended before its first line.");
        }
        serve(startup.start(server, FAREWELL));
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

    private Startup startup() throws Exit {
        try {
            PluginJar jar = PluginJar.open(options.plugin());
            return new Startup(
                    jar,
                    ClassPath.find(JudgedManifests.class).read(jar.manifest().getBytes(StandardCharsets.UTF_8)),
                    environment,
                    given);
        } catch (IOException | IllegalArgumentException e) {
            throw new Exit(Exit.USAGE, String.valueOf(e.getMessage()));
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
