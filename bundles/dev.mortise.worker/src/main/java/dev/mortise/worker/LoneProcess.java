// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.given.Options;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.plugin.StartRefused;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plugin alone with its author: no core, shared data in memory, and whoever is on this machine may call it. */
final class LoneProcess {
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    /** Nobody is there. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final Options options;
    private final PluginSource source;
    private final Map<String, String> environment;

    LoneProcess(Options options, PluginSource source, Map<String, String> environment) {
        this.options = options;
        this.source = source;
        this.environment = environment;
    }

    /** Runs until a signal comes. */
    void run() throws Exit, InterruptedException {
        requireLoopback();
        String tenant = options.tenant().orElse("default");
        TenantPart part = new TenantPart(Map.of(), Optional.empty());
        Given given = new Given(new Given.State("", List.of(), Optional.empty(), Map.of(tenant, part)));
        WorkerServer server = Startup.listen(options.bind(), options.port());
        Worker worker = new Startup(source, environment, given)
                .start(
                        server,
                        new CoreClient(NOWHERE, () -> ""),
                        new MemorySharedDataStore(Clock.systemUTC()),
                        FAREWELL);
        ShutdownHook hook = ShutdownHook.of(worker::close);
        try (worker) {
            worker.begin(Optional.empty());
            Console.say(
                    "Plugin %s runs alone at http://%s:%d/ for tenant '%s': without a core, with shared data in memory, and without tokens for whoever is on this machine."
                            .formatted(source.manifest().identity(), options.bind(), server.port(), tenant));
            worker.await();
        } catch (StartRefused e) {
            throw new Exit(Exit.FAULT, e.sentence());
        } finally {
            hook.forget();
        }
    }

    /** Nobody proves who he is, so nobody from elsewhere may come. */
    private void requireLoopback() throws Exit {
        try {
            if (!InetAddress.getByName(options.bind()).isLoopbackAddress()) {
                throw new Exit(
                        Exit.USAGE,
                        "Without --core nobody proves who calls, so --bind must be an address of this machine alone, not '"
                                + options.bind() + "'.");
            }
        } catch (UnknownHostException e) {
            throw new Exit(Exit.USAGE, "'" + options.bind() + "' is no address.");
        }
    }
}
