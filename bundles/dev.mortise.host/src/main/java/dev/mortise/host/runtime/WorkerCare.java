// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.tenancy.TenantStarts;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps good what the processes of one plugin version were given: their own credentials are replaced after half of their
 * time, and credentials of tenants that were renewed here are handed on at once, those that another node renewed soon. Lives on the thread of the plugin.
 */
final class WorkerCare {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerCare.class);
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final PluginManifest manifest;
    private final WorkerPorts ports;
    private final WorkerSupplies supplies;
    private final WorkerFleet fleet;
    private final Map<TenantId, TenantPart> handed = new HashMap<>();

    WorkerCare(PluginManifest manifest, WorkerPorts ports, WorkerSupplies supplies, WorkerFleet fleet) {
        this.manifest = manifest;
        this.ports = ports;
        this.supplies = supplies;
        this.fleet = fleet;
    }

    /** Answers how often to tend. */
    Duration period() {
        Duration half = ports.credential().dividedBy(2);
        return half.compareTo(LOOK) < 0 ? half : LOOK;
    }

    /** Does what is due; waits for the database. */
    void tend() {
        // as long before half of its time as after it, as this is not done at any moment
        supplies.renew(fleet, ports.credential().dividedBy(2).minus(period().dividedBy(2)));
        if (ports.parts().apply(manifest).changing()) {
            ports.platform().tenancy().served(manifest.id()).forEach(this::handOn);
        }
    }

    /** Hands on at once what was renewed for a tenant; waits for the database. */
    void renewed(TenantId tenant) {
        try {
            TenantPart now = supplies.part(tenant);
            handed.put(tenant, now);
            var unused = fleet.update(tenant.value(), now);
        } catch (MortiseException e) {
            LOG.warn("plugin={} tenant={} is told later what was renewed: {}", manifest.id(), tenant, e.getMessage());
        }
    }

    private void handOn(TenantId tenant) {
        try {
            TenantPart now = supplies.part(tenant);
            TenantPart before = handed.put(tenant, now);
            if (before != null && !before.equals(now)) {
                var unused = fleet.update(tenant.value(), now);
            }
        } catch (MortiseException e) {
            LOG.warn("plugin={} tenant={} is not told of its settings: {}", manifest.id(), tenant, e.getMessage());
        }
    }

    /** Tells of tenants whose processes came to stand otherwise than when they were started. */
    static void tell(WorkerFleet fleet, TenantStarts starts) {
        Map<String, List<Worker>> byTenant = fleet.workers().stream()
                .filter(worker -> worker.tenant().isPresent())
                .collect(java.util.stream.Collectors.groupingBy(
                        worker -> worker.tenant().orElseThrow()));
        byTenant.forEach((tenant, workers) -> {
            Optional<String> failure = workers.stream()
                    .filter(worker -> worker.state() == RuntimeState.ERROR)
                    .map(Worker::reason)
                    .findFirst();
            boolean ready = workers.stream().anyMatch(worker -> worker.state() == RuntimeState.READY);
            if (failure.isPresent() || ready) {
                starts.turned(new TenantId(tenant), failure);
            }
        });
    }
}
