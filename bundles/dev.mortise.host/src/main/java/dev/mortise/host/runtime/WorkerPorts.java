// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.config.TenantParts;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.Forwarding;
import dev.mortise.kernel.port.PluginLogins;
import dev.mortise.kernel.port.PluginRuns;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the runtime of workers needs beside what all plugins need.
 *
 * @param parts makes what tells the settings and credentials that tenants gave to a plugin
 * @param watch is told of processes that may be looked at and ordered about
 * @param credential how long the credential of a process is good; it gets another one in time
 */
public record WorkerPorts(
        RuntimePorts.Platform platform,
        ArtifactBytes bytes,
        ScheduledExecutorService timer,
        Others others,
        Function<PluginManifest, TenantParts> parts,
        Watch watch,
        Duration credential) {
    /** What other bundles give, as it comes and goes. */
    public record Others(
            Supplier<Optional<WorkerProcesses>> processes,
            Supplier<Optional<Forwarding>> forwarding,
            Supplier<Optional<Tokens>> tokens,
            Supplier<Optional<PluginLogins>> logins,
            Supplier<Optional<PluginRuns>> runs) {}

    /** Knows the fleets that are there. */
    public interface Watch {
        /** Answers those of a plugin, of whatever version. */
        List<WorkerFleet> fleets(PluginId plugin);

        /** There is one more. */
        void began(PluginId plugin, WorkerFleet fleet);

        /** It is retired. */
        void ended(PluginId plugin, WorkerFleet fleet);
    }
}
