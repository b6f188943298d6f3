// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One run of a plugin version in a container without framework. */
final class WorldRun implements Running {
    private final World world;
    final Artifact artifact;
    final Consumer<RunReport> reports;
    final CompletableFuture<Void> retired = new CompletableFuture<>();
    boolean retiring;
    private String location = "bundle";
    private String coming = "";

    WorldRun(World world, Artifact artifact, Consumer<RunReport> reports) {
        this.world = world;
        this.artifact = artifact;
        this.reports = reports;
    }

    @Override
    public CompletionStage<Void> retire() {
        if (!retiring) {
            world.events.add("retire " + artifact.identity());
        }
        retiring = true;
        if (world.automatic) {
            retired.complete(null);
        }
        return retired;
    }

    void stands() {
        stands(0);
    }

    void stands(int contractsLeft) {
        reports.accept(new RunReport.Phase(PluginState.STARTING));
        reports.accept(new RunReport.Serving(Contributions.of(Optional.empty(), contractsLeft)));
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void move(String to) {
        coming = to;
        world.events.add("start " + artifact.identity() + " as " + to);
    }

    /** It stands ready where it is moved to. */
    void standsThere() {
        reports.accept(new RunReport.Moved(Contributions.at(coming)));
    }

    void stays(String message) {
        reports.accept(new RunReport.Stayed(new Problem.StartProblem(message, "Mend it.")));
    }

    @Override
    public void settle() {
        location = coming;
    }

    @Override
    public CompletionStage<Void> leave() {
        world.events.add("leave " + artifact.identity());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void contract() {
        world.events.add("contract " + artifact.identity());
    }

    void fails(String message) {
        reports.accept(new RunReport.Failed(new Problem.StartProblem(message, "Mend it.")));
    }
}
