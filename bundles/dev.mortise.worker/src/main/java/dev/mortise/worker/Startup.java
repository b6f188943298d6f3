// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.platform.Platform;
import dev.mortise.worker.platform.TenantValues;
import dev.mortise.worker.plugin.StartRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** The steps to a worker: listen first, so that a port that is taken is told before anything is done. */
record Startup(PluginSource source, Map<String, String> environment, Given given) {
    /** Listens, or tells that it can't. */
    static WorkerServer listen(String address, int port) throws Exit {
        try {
            return WorkerServer.bind(new InetSocketAddress(address, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new Exit(
                    Exit.PORT, "Port %d of %s can't be listened on: %s".formatted(port, address, e.getMessage()));
        }
    }

    /**
     * Starts the plugin; whoever gets the worker closes it.
     *
     * @param core leads to other plugins
     * @param shared keeps shared data
     * @param farewell how long calls may go on when the process is asked to end
     */
    Worker start(WorkerServer server, CoreClient core, SharedDataStore shared, Duration farewell)
            throws Exit, InterruptedException {
        TenantValues values = new TenantValues(given);
        Platform platform =
                new Platform(source.manifest(), given, values, environment, ClassPath.find(JsonFactory.class));
        try {
            return new Worker(server, source.start(platform.offers(core, shared)), platform, given, values, farewell);
        } catch (StartRefused e) {
            throw new Exit(Exit.FAULT, e.sentence());
        }
    }
}
