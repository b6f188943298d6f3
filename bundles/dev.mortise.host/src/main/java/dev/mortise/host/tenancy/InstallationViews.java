// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.Installations.Installation;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is shown of plugins for a tenant: what was decided, then how the plugin itself stands, then how its start went. */
record InstallationViews(Tenancy tenancy, Situation situation, Grants grants) {
    private record Shown(RuntimeState state, String reason, Optional<Instant> since) {}

    static InstallationViews of(Tenancy tenancy) {
        Situation now = tenancy.now();
        return new InstallationViews(tenancy, now, new Grants(now));
    }

    Installation view(Tenant tenant, PluginId plugin) {
        Optional<Decided> decided = situation.decided(tenant.id(), plugin);
        Optional<VersionView> speaker = situation.deployed().speaker(plugin);
        Shown shown = shown(tenant, plugin, decided, speaker);
        Set<String> withheld = decided.map(Decided::withheld).orElse(Set.of());
        List<String> requested = grants.requested(plugin);
        return new Installation(
                tenant.slug(),
                plugin.value(),
                situation.enabled(tenant.id(), plugin),
                shown.state,
                shown.reason,
                shown.since
                        .or(() -> decided.map(Decided::since))
                        .or(() -> speaker.map(VersionView::since))
                        .orElse(Instant.EPOCH),
                requested.stream().filter(one -> !withheld.contains(one)).toList(),
                requested.stream().filter(withheld::contains).toList());
    }

    private Shown shown(Tenant tenant, PluginId plugin, Optional<Decided> decided, Optional<VersionView> speaker) {
        Standing standing = situation.standing(tenant.id(), plugin);
        if (standing instanceof Standing.Absent) {
            String reason = decided.map(Decided::reason).orElse("It was not enabled for this tenant.");
            return new Shown(RuntimeState.STOPPED, reason, Optional.empty());
        }
        if (standing instanceof Standing.Closed closed) {
            RuntimeState state = decided.map(Decided::state)
                    .filter(known -> known == RuntimeState.STOPPED)
                    .orElse(RuntimeState.ERROR);
            return new Shown(state, closed.reason(), Optional.empty());
        }
        return speaker.map(view -> ofPlugin(tenant, view))
                .orElseGet(() -> new Shown(RuntimeState.STOPPED, "It is not deployed.", Optional.empty()));
    }

    private Shown ofPlugin(Tenant tenant, VersionView view) {
        if (view.state().serves()) {
            return serving(tenant, view);
        }
        return new Shown(meaning(view.state()), view.reason(), Optional.of(view.since()));
    }

    private static RuntimeState meaning(PluginState state) {
        return switch (state) {
            case STAGED, RESOLVED, MIGRATING, STARTING -> RuntimeState.STARTING;
            case FAILED, REJECTED, QUARANTINED -> RuntimeState.ERROR;
            default -> RuntimeState.STOPPED;
        };
    }

    private Shown serving(Tenant tenant, VersionView view) {
        List<TenantStarts> runs = tenancy.runsOf(view.id());
        if (runs.stream().anyMatch(run -> run.starting(tenant.id()))) {
            boolean runsNow = runs.stream().anyMatch(run -> run.starting(tenant.id()) && !run.waits(tenant.id()));
            String reason = runsNow
                    ? "Its start hook runs for this tenant."
                    : "Its start hook waits for its turn: as many hooks of this plugin run as may at the same time.";
            return new Shown(RuntimeState.STARTING, reason, Optional.empty());
        }
        Optional<String> failure = runs.stream()
                .flatMap(run -> run.outcome(tenant.id()).stream())
                .flatMap(Optional::stream)
                .findFirst();
        if (failure.isPresent()) {
            return new Shown(RuntimeState.DEGRADED, failure.get(), Optional.empty());
        }
        return view.state() == PluginState.DEGRADED
                ? new Shown(RuntimeState.DEGRADED, view.reason(), Optional.of(view.since()))
                : new Shown(RuntimeState.READY, "", Optional.empty());
    }
}
