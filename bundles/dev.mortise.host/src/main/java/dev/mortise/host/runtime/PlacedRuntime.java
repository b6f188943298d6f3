// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.deploy.PluginRuntime;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.runtime.Placements.Placement;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Runs each plugin version where it is to run: in this framework, or as processes. */
public final class PlacedRuntime implements PluginRuntime {
    private final PluginRuntime bundles;
    private final PluginRuntime workers;
    private final Placements placements;

    /** Makes a runtime of two; the caller closes them. */
    public PlacedRuntime(PluginRuntime bundles, PluginRuntime workers, Placements placements) {
        this.bundles = bundles;
        this.workers = workers;
        this.placements = placements;
    }

    @Override
    public Running start(Artifact artifact, Reach reach, Consumer<RunReport> reports) {
        Placement placement = placements.of(artifact.manifest());
        if (placement instanceof Placement.Bad bad) {
            reports.accept(new RunReport.Failed(bad.problem()));
            return new Nowhere();
        }
        String location = ((Placement.At) placement).location();
        return new PlacedRun(this, artifact, location, reports, heard -> at(location, artifact, reach, heard));
    }

    /** Starts a version in one place, whatever is said of it. */
    Running at(String location, Artifact artifact, Reach reach, Consumer<RunReport> reports) {
        PluginRuntime runtime = location.equals(RuntimeDeclaration.WORKER) ? workers : bundles;
        return runtime.start(artifact, reach, reports);
    }

    /** Keeps that a plugin is to run there from now on; waits for the database. */
    void decide(PluginManifest manifest, String location) {
        placements.decide(manifest.id(), location);
    }

    /** What was not started. */
    private record Nowhere() implements Running {
        @Override
        public CompletionStage<Void> retire() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void contract() {
            // nothing of it was migrated
        }
    }
}
