// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processes of what comes, for the tenants that are served by what goes: they shall not wait for a start after the switch. Others
 * are started by their first call.
 *
 * @param manifest of the version that comes
 * @param coming the processes of the version that comes
 * @param going those of others, of which one goes
 * @param callers the tenants that called lately, where what goes runs in the container
 */
record Successors(PluginManifest manifest, WorkerFleet coming, List<WorkerFleet> going, List<TenantId> callers) {
    /**
     * Starts them. One that does not start keeps the version from nothing: its tenant is told, as at any other start.
     *
     * @param most how many tenants are waited for
     * @return completes when all of them are ready or have failed
     */
    CompletableFuture<Void> start(int most) {
        Set<String> ready = served(List.of(coming));
        return CompletableFuture.allOf(
                Stream.concat(served(going).stream(), callers.stream().map(TenantId::value))
                        .distinct()
                        .filter(tenant -> !ready.contains(tenant))
                        .limit(most)
                        .map(tenant -> coming.start(Optional.of(tenant)).handle((surface, failure) -> tenant))
                        .toArray(CompletableFuture[]::new));
    }

    private Set<String> served(List<WorkerFleet> fleets) {
        return fleets.stream()
                .flatMap(fleet -> fleet.workers().stream())
                .filter(this::followed)
                .filter(worker -> worker.state() == RuntimeState.READY || worker.state() == RuntimeState.DEGRADED)
                .map(Worker::tenant)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** One of another major stays where they run side by side. */
    private boolean followed(Worker worker) {
        return !manifest.coexist()
                || new Version(worker.version())
                        .major()
                        .equals(manifest.version().major());
    }
}
