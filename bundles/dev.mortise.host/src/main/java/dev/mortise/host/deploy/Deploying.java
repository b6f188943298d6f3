// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.folder.Marker;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.AuthContributions;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.Routing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What deploying touches. */
public record Deploying(
        PluginRuntime runtime,
        Routing routing,
        Supplier<Optional<AuthContributions>> security,
        Consumer<Map<Path, Marker>> markers,
        Consumer<HostSnapshot> snapshots,
        Consumer<Deployment> deployments,
        DeploymentStore store,
        Version host) {
    /**
     * Makes the deployer.
     *
     * @param parallel plugins that are started at the same time
     * @param drain how long the calls of a version that goes may take
     * @param ledger a single thread that records; owned by the caller
     */
    public Deployer deployer(Sequence sequence, int parallel, Duration drain, Executor ledger) {
        Clock clock = Clock.systemUTC();
        Ledger records = new Ledger(store, routing.node(), ledger, sequence);
        Journal journal = new Journal(clock, deployment -> {
            records.note(deployment);
            deployments.accept(deployment);
        });
        return new Deployer(
                new Deployer.Parts(
                        runtime,
                        sequence,
                        new Board(new Switchboard(routing, security), markers, snapshots),
                        new Endings(routing, drain, sequence, new Permits(parallel, System::nanoTime)),
                        new Permits(parallel, System::nanoTime),
                        new Rows(clock),
                        records,
                        journal),
                new Planning(host, routing::heldElsewhere));
    }
}
