// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.config.FileChecks;
import dev.mortise.host.config.TenantParts;
import dev.mortise.host.runtime.Placements;
import dev.mortise.host.runtime.WorkerPorts;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.Forwarding;
import dev.mortise.kernel.port.PlacementStore;
import dev.mortise.kernel.port.PluginLogins;
import dev.mortise.kernel.port.PluginRuns;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects what plugins in processes need, as it comes and goes, and knows the processes that are there. */
@Component(service = Workforce.class)
public final class Workforce implements WorkerPorts.Watch {
    private final ConfigComponent settings;
    private final OAuthComponent tokensOfTenants;
    private final FileChecks files;
    private final Map<PluginId, List<WorkerFleet>> fleets = new ConcurrentHashMap<>();
    private volatile Optional<WorkerProcesses> processes = Optional.empty();
    private volatile Optional<Forwarding> forwarding = Optional.empty();
    private volatile Optional<Tokens> tokens = Optional.empty();
    private volatile Optional<PluginLogins> logins = Optional.empty();
    private volatile Optional<PluginRuns> runs = Optional.empty();

    /** Made by DS. */
    @Activate
    public Workforce(@Reference ConfigComponent settings, @Reference OAuthComponent oauth) {
        this.settings = settings;
        this.tokensOfTenants = oauth;
        this.files = new FileChecks(settings.sources());
    }

    WorkerPorts.Others others() {
        return new WorkerPorts.Others(() -> processes, () -> forwarding, () -> tokens, () -> logins, () -> runs);
    }

    /** Answers who tells where plugins run, by what was decided and what is configured. */
    Placements placements(Supplier<Optional<PlacementStore>> decided) {
        return new Placements(decided, plugin -> settings.sources().files().location(plugin));
    }

    /** Answers who tells the processes of a plugin what tenants gave to it, and looks whether its file is right. */
    TenantParts partsOfFleet(PluginManifest manifest) {
        files.look(manifest);
        return parts(manifest);
    }

    /** Answers who tells what tenants gave to a plugin. */
    TenantParts parts(PluginManifest manifest) {
        return new TenantParts(manifest.id(), manifest.config(), settings.sources(), tokensOfTenants.tokens());
    }

    Optional<WorkerProcesses> processes() {
        return processes;
    }

    @Override
    public List<WorkerFleet> fleets(PluginId plugin) {
        return fleets.getOrDefault(plugin, List.of());
    }

    @Override
    public void began(PluginId plugin, WorkerFleet fleet) {
        fleets.computeIfAbsent(plugin, id -> new CopyOnWriteArrayList<>()).add(fleet);
    }

    @Override
    public void ended(PluginId plugin, WorkerFleet fleet) {
        fleets.computeIfPresent(plugin, (id, all) -> {
            all.remove(fleet);
            return all.isEmpty() ? null : all;
        });
        if (!fleets.containsKey(plugin)) {
            files.forget(plugin);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindProcesses(WorkerProcesses service) {
        processes = Optional.of(service);
    }

    void unbindProcesses(WorkerProcesses service) {
        processes = processes.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindForwarding(Forwarding service) {
        forwarding = Optional.of(service);
    }

    void unbindForwarding(Forwarding service) {
        forwarding = forwarding.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindTokens(Tokens service) {
        tokens = Optional.of(service);
    }

    void unbindTokens(Tokens service) {
        tokens = tokens.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindLogins(PluginLogins service) {
        logins = Optional.of(service);
    }

    void unbindLogins(PluginLogins service) {
        logins = logins.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindRuns(PluginRuns service) {
        runs = Optional.of(service);
    }

    void unbindRuns(PluginRuns service) {
        runs = runs.filter(present -> present != service);
    }
}
