// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tenancy with tenants acme and beta, and whatever plugins a test deploys. */
public final class House {
    public static final TenantId ACME = new TenantId("acme");

    final MapInstallations store;
    public final MapTenantDirectory tenants =
            new MapTenantDirectory().add("acme").add("beta");
    public final Tenancy tenancy;
    public final InstallationOrders orders;
    private final Map<PluginId, List<VersionView>> plugins = new HashMap<>();
    private HostSnapshot snapshot = HostSnapshot.EMPTY;

    public House(Policy policy) {
        this(policy, Duration.ofSeconds(5), new MapInstallations());
    }

    /** Waits so long for hooks, and finds decided what the store has. */
    House(Policy policy, Duration patience, MapInstallations store) {
        this.store = store;
        tenancy = new Tenancy(
                new Tenancy.Sources(() -> snapshot, () -> Optional.of(store), () -> Optional.of(tenants)),
                policy,
                patience,
                Runnable::run);
        store.listen(tenancy::decidedElsewhere);
        tenants.listen(tenancy::leave);
        orders = new InstallationOrders(tenancy);
    }

    public House deploy(PluginBuilder plugin) {
        return deploy(plugin, PluginState.READY, "");
    }

    public House deploy(PluginBuilder plugin, PluginState state, String reason) {
        PluginManifest manifest = plugin.manifest();
        plugins.put(
                manifest.id(),
                List.of(new VersionView(
                        manifest.id(),
                        manifest.version(),
                        digest(manifest.id().value()),
                        Optional.of(manifest),
                        state,
                        reason,
                        Instant.EPOCH,
                        List.of(),
                        List.of(),
                        List.of(),
                        true,
                        "bundle",
                        List.of(),
                        List.of(),
                        0)));
        snapshot = new HostSnapshot(1, plugins, List.of());
        return this;
    }

    /** Lets the plugin have hooks for tenants. */
    public House hooks(String plugin, TenantHooks hooks) {
        tenancy.began(new PluginId(plugin), digest(plugin), hooks);
        return this;
    }

    /** Answers the hooks of the version of a plugin that runs. */
    public TenantHooks hooksOf(String plugin) {
        return tenancy.runsOf(new PluginId(plugin)).get(0).hooks();
    }

    static Digest digest(String plugin) {
        return new Digest("%064x".formatted(plugin.hashCode() & 0xffffL));
    }

    Standing standing(String tenant, String plugin) {
        return tenancy.standing(new TenantId(tenant), new PluginId(plugin));
    }
}
