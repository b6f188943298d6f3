// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import dev.mortise.api.json.Json;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.http.Surface;
import dev.mortise.worker.platform.TenantValues;
import dev.mortise.worker.plugin.HealthPage;
import dev.mortise.worker.plugin.Hooks;
import dev.mortise.worker.plugin.RunningPlugin;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the container asks the process for, answered by the plugin that runs in it. */
final class WorkerSurface implements Surface {
    /** Neighbouring numbers understand each other. */
    private static final int PROTOCOL = 1;

    private final RunningPlugin plugin;
    private final Hooks hooks;
    private final Given given;
    private final TenantValues values;
    private final Ending ending;
    private final Map<String, Object> metadata;
    /** The settings that the plugin knows of, by tenant. */
    private final Map<String, Map<String, Object>> told = new ConcurrentHashMap<>();

    /** How the process ends. */
    interface Ending {
        /** Ends the calls and the plugin. */
        void plugin();

        /** Ends the process. */
        void process();
    }

    WorkerSurface(
            RunningPlugin plugin,
            Hooks hooks,
            Given given,
            TenantValues values,
            Map<String, Object> metadata,
            Ending ending) {
        this.plugin = plugin;
        this.hooks = hooks;
        this.given = given;
        this.values = values;
        this.ending = ending;
        this.metadata = metadata;
        given.now().tenants().forEach((tenant, part) -> told.put(tenant, part.config()));
    }

    /** Answers what the process says of itself. */
    static Map<String, Object> metadata(RunningPlugin plugin, List<Map<String, Object>> tools, Json json) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        Map<?, ?> manifest = json.read(plugin.manifest().json(), Map.class);
        manifest.forEach((name, value) -> metadata.put(String.valueOf(name), value));
        metadata.put(
                "routes",
                plugin.routes().stream()
                        .map(route -> Map.of("method", route.method(), "path", route.path()))
                        .toList());
        metadata.put("tools", tools);
        metadata.put("protocol", PROTOCOL);
        return metadata;
    }

    @Override
    public Map<String, Object> metadata() {
        return metadata;
    }

    @Override
    public Wellness health() {
        HealthPage page = HealthPage.of(plugin.checks(), hooks.failures());
        return new Wellness(page.status(), page.sentences());
    }

    @Override
    public AuthVerdict validateAuth(String tenant, TenantPart part) {
        String question = UUID.randomUUID().toString();
        values.ask(question, part);
        try {
            return hooks.validateAuth(tenant, question);
        } finally {
            values.forget(question);
        }
    }

    @Override
    public void configUpdated(String tenant, Map<String, Object> config) {
        given.change(before -> {
            Map<String, TenantPart> tenants = new HashMap<>(before.tenants());
            Optional<TenantPart> known = Optional.ofNullable(tenants.get(tenant));
            tenants.put(tenant, new TenantPart(config, known.flatMap(TenantPart::auth)));
            return new Given.State(before.credential(), before.hopKeys(), before.database(), tenants);
        });
        hooks.start(tenant);
        Map<String, Object> before = told.put(tenant, config);
        // it is said of credentials too, of which the plugin hears otherwise
        if (before != null && !before.equals(config)) {
            hooks.configUpdated(tenant);
        }
    }

    /** Its last hook may still need what the tenant gave; nothing of it stays. */
    @Override
    public void disable(String tenant) {
        hooks.disable(tenant);
        told.remove(tenant);
        given.change(before -> before.without(tenant));
    }

    @Override
    public void entering(String tenant) {
        hooks.start(tenant);
    }

    @Override
    public void end() {
        ending.plugin();
    }

    @Override
    public void exit() {
        ending.process();
    }
}
