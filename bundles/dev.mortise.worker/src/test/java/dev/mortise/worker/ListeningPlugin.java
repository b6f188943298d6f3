// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static dev.mortise.testkit.PluginBuilder.plugin;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.plugin.PlainPlugin;
import dev.mortise.worker.plugin.RunningPlugin;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plugin that writes down what its hooks hear. */
record ListeningPlugin(PluginManifest manifest, List<String> heard) implements PluginSource {
    ListeningPlugin(List<String> heard) {
        this(plugin("hello").manifest(), heard);
    }

    /** Lets a process run it that has been given something. */
    Worker run(Given given, WorkerServer server) throws Exception {
        Worker worker = new Startup(this, Map.of(), given)
                .start(
                        server,
                        new CoreClient(URI.create("http://127.0.0.1:9"), () -> ""),
                        new MemorySharedDataStore(Clock.systemUTC()),
                        Duration.ofSeconds(1));
        worker.begin(Optional.of(() -> given.now().hopKeys()));
        return worker;
    }

    @Override
    public RunningPlugin start(List<Offer<?>> offers) {
        return new PlainPlugin(manifest, new Hooks(heard));
    }

    private record Hooks(List<String> heard) implements PluginLifecycle {
        @Override
        public void start(TenantId tenant) {
            heard.add("start " + tenant.value());
        }

        @Override
        public void configUpdated(TenantId tenant) {
            heard.add("configUpdated " + tenant.value());
        }

        @Override
        public void connected(TenantId tenant) {
            heard.add("connected " + tenant.value());
        }

        @Override
        public void disable(TenantId tenant) {
            heard.add("disable " + tenant.value());
        }
    }
}
