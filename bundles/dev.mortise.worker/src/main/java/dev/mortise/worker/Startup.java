// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.given.PluginJar;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.platform.Platform;
import dev.mortise.worker.platform.TenantValues;
import dev.mortise.worker.plugin.BundlePlugin;
import dev.mortise.worker.plugin.StartRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** The steps from a jar to a worker: listen first, so that a port that is taken is told before anything is done. */
record Startup(PluginJar jar, PluginManifest manifest, Map<String, String> environment, Given given) {
    /** Listens, or tells that it can't. */
    static WorkerServer listen(String address, int port) throws Exit {
        try {
            return WorkerServer.bind(new InetSocketAddress(address, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new Exit(
                    Exit.PORT, "Port %d of %s can't be listened on: %s".formatted(port, address, e.getMessage()));
        }
    }

    /** Starts the plugin; whoever gets the worker closes it. */
    Worker start(WorkerServer server, Duration farewell) throws Exit, InterruptedException {
        TenantValues values = new TenantValues(given);
        Platform platform = new Platform(manifest, values, environment, ClassPath.find(JsonFactory.class));
        try {
            BundlePlugin plugin =
                    BundlePlugin.start(jar.path(), manifest, platform.offers(), PrivateFolder.make(environment));
            return new Worker(server, plugin, given, values, farewell);
        } catch (StartRefused e) {
            throw new Exit(Exit.FAULT, e.sentence());
        } catch (IOException e) {
            throw new Exit(Exit.FAULT, "There is no folder for the framework: " + e.getMessage());
        }
    }
}
