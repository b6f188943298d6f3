// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.folder.Marker;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.AuthContributions;
import dev.mortise.kernel.port.Routing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What deploying touches. */
public record Deployment(
        PluginRuntime runtime,
        Routing routing,
        Supplier<Optional<AuthContributions>> security,
        Consumer<Map<Path, Marker>> markers,
        Consumer<HostSnapshot> snapshots,
        Version host) {
    /**
     * Makes the deployer.
     *
     * @param parallel plugins that are started at the same time
     * @param drain how long the calls of a version that goes may take
     */
    public Deployer deployer(Sequencer sequencer, int parallel, Duration drain) {
        return new Deployer(
                new Deployer.Parts(
                        runtime,
                        sequencer,
                        new Board(new Switchboard(routing, security), markers, snapshots),
                        new Endings(routing, drain, sequencer::post),
                        new StartSlots(parallel, System::nanoTime),
                        new Rows(Clock.systemUTC())),
                host);
    }
}
