// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.api.http.Route;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.call.ToolSet;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.platform.Platform;
import dev.mortise.worker.platform.TenantValues;
import dev.mortise.worker.plugin.DeclaredRoutes;
import dev.mortise.worker.plugin.HealthPage;
import dev.mortise.worker.plugin.Hooks;
import dev.mortise.worker.plugin.RunningPlugin;
import dev.mortise.worker.plugin.StartRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plugin at work in this process: from its first hook to the end of its last call. */
final class Worker implements WorkerSurface.Ending, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final WorkerServer server;
    private final RunningPlugin plugin;
    private final Platform platform;
    private final Given given;
    private final TenantValues values;
    private final Hooks hooks;
    private final Duration farewell;
    private final CountDownLatch over = new CountDownLatch(1);
    private Map<String, TenantPart> told = Map.of();
    private boolean ended;

    /**
     * Takes a plugin that runs and a server that listens; {@link #close} ends both.
     *
     * @param farewell how long calls may go on when the process is asked to end
     */
    Worker(
            WorkerServer server,
            RunningPlugin plugin,
            Platform platform,
            Given given,
            TenantValues values,
            Duration farewell) {
        this.server = server;
        this.plugin = plugin;
        this.platform = platform;
        this.given = given;
        this.values = values;
        this.hooks = new Hooks(plugin);
        this.farewell = farewell;
    }

    /**
     * Prepares the plugin for the tenants that are known, and serves it.
     *
     * @param keys verify the tokens of calls; empty for a plugin whose callers prove nothing
     */
    void begin(Optional<Supplier<List<String>>> keys) throws StartRefused {
        Optional<String> failure =
                DeclaredRoutes.objection(plugin.manifest(), plugin.routes()).or(hooks::initialize);
        if (failure.isPresent()) {
            throw new StartRefused(failure.get());
        }
        told = given.now().tenants();
        told.keySet().parallelStream().forEach(hooks::start);
        Json json = ClassPath.find(JsonFactory.class).lenient();
        ToolSet tools =
                new ToolSet(plugin.tools(), ClassPath.find(JsonFactory.class).exact());
        tools.objections().forEach(LOG::warn);
        server.serve(
                new WorkerServer.Served(plugin.manifest().id(), plugin.loader(), routes(tools)),
                new WorkerSurface(
                        plugin, hooks, given, values, WorkerSurface.metadata(plugin, tools.described(), json), this),
                json,
                keys);
    }

    /** The contract's own paths go before what the plugin has there. */
    private List<Route> routes(ToolSet tools) {
        List<Route> routes =
                new ArrayList<>(List.of(Route.get(ToolSet.LIST, tools::list), Route.post(ToolSet.CALL, tools::call)));
        plugin.routes().stream()
                .filter(route -> !route.path().startsWith("/mcp/"))
                .forEach(routes::add);
        return routes;
    }

    /**
     * What was given changed: the plugin is started for new tenants, and hears of new credentials, or that there are none.
     *
     * @param connected the tenants that gave credentials: what is otherwise without that was renewed, which is no news
     */
    synchronized void changed(Set<String> connected) {
        Map<String, TenantPart> before = told;
        told = new HashMap<>(given.now().tenants());
        told.forEach((tenant, part) -> {
            TenantPart known = before.get(tenant);
            if (part.equals(known) && !connected.contains(tenant)) {
                return; // a line about somebody else starts nobody who has just been disabled
            }
            hooks.start(tenant);
            if (connected.contains(tenant) && part.auth().isPresent()) {
                hooks.connected(tenant);
            } else if (known != null && known.auth().isPresent() && part.auth().isEmpty()) {
                hooks.configUpdated(tenant);
            }
        });
    }

    /** Answers how the plugin is, in the words of the registry. */
    String registryHealth() {
        return switch (HealthPage.of(plugin.checks(), hooks.failures()).status()) {
            case "ok" -> "HEALTHY";
            case "degraded" -> "DEGRADED";
            default -> "UNAVAILABLE";
        };
    }

    /** Waits until the process is to end. */
    void await() throws InterruptedException {
        over.await();
    }

    /** Lets calls end, then the plugin; further calls are refused. */
    @Override
    public synchronized void plugin() {
        if (!ended) {
            ended = true;
            server.drain(farewell);
            hooks.stop();
        }
    }

    @Override
    public void process() {
        over.countDown();
    }

    /** Ends everything that is left. */
    @Override
    public void close() {
        plugin();
        hooks.close();
        server.close();
        plugin.close();
        platform.close();
        over.countDown();
    }
}
