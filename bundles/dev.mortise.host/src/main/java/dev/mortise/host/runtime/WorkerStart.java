// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.StartProblem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.port.Forwarding;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Surface;
import dev.mortise.kernel.port.WorkerProcesses;
import dev.mortise.kernel.port.WorkerProcesses.Order;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The steps of a start as processes, one after the other, each answering what stands against going on: tables, a first
 * process that proves the version, its routes. Lives on the thread of the plugin.
 */
final class WorkerStart {
    private final Artifact artifact;
    private final WorkerPorts ports;
    private final RuntimeLimits limits;
    private final WorkerSupplies supplies;
    private final Consumer<RunReport> reports;
    private final Moves moves = new Moves();
    private Optional<WorkerFleet> fleet = Optional.empty();
    private Optional<TenantId> proven = Optional.empty();
    private Optional<Contribution> contribution = Optional.empty();
    private int left;

    WorkerStart(
            Artifact artifact,
            WorkerPorts ports,
            RuntimeLimits limits,
            WorkerSupplies supplies,
            Consumer<RunReport> reports) {
        this.artifact = artifact;
        this.ports = ports;
        this.limits = limits;
        this.supplies = supplies;
        this.reports = reports;
    }

    /** Ends all waiting: the start is no longer wanted. */
    void giveUp() {
        moves.giveUp();
    }

    Optional<WorkerFleet> fleet() {
        return fleet;
    }

    /** Answers the tenant whose process proved the version, where processes serve one tenant. */
    Optional<TenantId> proven() {
        return proven;
    }

    /** Answers what a start that went well found. */
    Contribution contribution() {
        return contribution.orElseThrow();
    }

    /** Starts; answers why it did not. {@code changed} is told whenever something of the processes is another way. */
    Optional<Problem> run(Reach reach, Runnable changed) {
        enter(Phase.INSTALL);
        Optional<Problem> problem = ports.bytes().missing(artifact).or(this::unfit);
        if (problem.isPresent()) {
            return problem;
        }
        Optional<WorkerProcesses> processes = ports.others().processes().get();
        Optional<Forwarding> forwarding = ports.others().forwarding().get();
        if (processes.isEmpty() || forwarding.isEmpty()) {
            return Optional.of(nobody(processes.isEmpty() ? "process" : "gateway"));
        }
        return migrate(reach).or(() -> begin(processes.get(), forwarding.get(), changed));
    }

    private Optional<Problem> unfit() {
        return artifact.offersMigrations()
                ? Optional.of(new StartProblem(
                        "Plugin '%s' brings its migrations as a MigrationSource, which is code, and the container runs no code of a worker."
                                .formatted(artifact.id()),
                        "Ship them as files migrations/<version>__<description>.sql, or run '%s' as 'bundle'."
                                .formatted(artifact.id())))
                : Optional.empty();
    }

    private StartProblem nobody(String feature) {
        return new StartProblem(
                "Plugin '%s' is to run as 'worker', and the feature '%s' is not here."
                        .formatted(artifact.id(), feature),
                "Run an edition that has the feature '%s', or run '%s' as 'bundle'.".formatted(feature, artifact.id()));
    }

    /** Brings the tables so far; answers why that did not go. */
    Optional<Problem> migrate(Reach reach) {
        enter(Phase.MIGRATE);
        PluginMigrations.Result result = new PluginMigrations(
                        artifact, ports.platform().database())
                .run(artifact.migrations(), reach, this::delayed);
        left = result.left();
        return result.problem();
    }

    private boolean delayed(Problem why, Duration pause) {
        reports.accept(new RunReport.Delayed(why));
        long end = System.nanoTime() + pause.toNanos();
        while (!moves.givenUp() && System.nanoTime() - end < 0) {
            moves.await(end);
        }
        return !moves.givenUp();
    }

    private Optional<Problem> begin(WorkerProcesses processes, Forwarding forwarding, Runnable changed) {
        reports.accept(new RunReport.Phase(PluginState.STARTING));
        enter(Phase.START);
        PluginManifest manifest = artifact.manifest();
        WorkerFleet made = processes.fleet(new Order(manifest, artifact.digest(), artifact.file()), supplies, changed);
        fleet = Optional.of(made);
        ports.watch().began(manifest.id(), made);
        Optional<CompletableFuture<Surface>> first = first(made);
        Optional<Problem> problem = first.flatMap(start -> awaited(start));
        if (problem.isPresent()) {
            return problem;
        }
        enter(Phase.PROBE);
        WorkerRoutes.Outcome routes =
                new WorkerRoutes(manifest, forwarding, made).of(first.map(CompletableFuture::join));
        if (routes instanceof WorkerRoutes.Outcome.Bad bad) {
            return Optional.of(bad.problem());
        }
        succeed(made);
        contribution = Optional.of(brings((WorkerRoutes.Outcome.Good) routes));
        return moves.givenUp() ? Optional.of(StartProblems.unwanted(artifact.id())) : Optional.empty();
    }

    /** Only so long: who has no process then gets one by his first call. */
    private void succeed(WorkerFleet made) {
        List<WorkerFleet> going = ports.watch().fleets(artifact.id()).stream()
                .filter(fleet -> fleet != made)
                .toList();
        awaitEnd(new Successors(artifact.manifest(), made, going, callers())
                .start(limits.tenants().eager()));
    }

    private List<TenantId> callers() {
        boolean each = artifact.manifest().runtime().scope() == Scope.TENANT;
        return each
                ? ports.platform()
                        .tenancy()
                        .calledWithin(artifact.id(), limits.tenants().lately())
                : List.of();
    }

    /** Without a tenant nobody can call it, and nothing can be proven by a process that serves one. */
    private Optional<CompletableFuture<Surface>> first(WorkerFleet made) {
        if (artifact.manifest().runtime().scope() == Scope.CONTAINER) {
            return Optional.of(made.start(Optional.empty()));
        }
        proven = ports.platform().tenancy().served(artifact.id()).stream().findFirst();
        return proven.map(tenant -> made.start(Optional.of(tenant.value())));
    }

    private Optional<Problem> awaited(CompletableFuture<Surface> start) {
        awaitEnd(start);
        if (moves.givenUp()) {
            return Optional.of(StartProblems.unwanted(artifact.id()));
        }
        if (!start.isDone()) {
            return Optional.of(StartProblems.overrun(artifact.id(), "the start of its process", limits.step()));
        }
        try {
            start.join();
            return Optional.empty();
        } catch (CompletionException | CancellationException e) {
            return Optional.of(new StartProblem(
                    StartProblems.ofProcess(artifact.id(), e),
                    "What the process wrote is in log/mortise.log, in lines with 'plugin=%s'; mend it and run 'restart %s'."
                            .formatted(artifact.id(), artifact.id())));
        }
    }

    private void awaitEnd(CompletableFuture<?> what) {
        var unused = what.whenComplete((done, failure) -> moves.happened());
        long end = System.nanoTime() + limits.step().toNanos();
        while (!what.isDone() && !moves.givenUp() && System.nanoTime() - end < 0) {
            moves.await(end);
        }
    }

    private Contribution brings(WorkerRoutes.Outcome.Good offered) {
        ArtifactLoader files = new ArtifactLoader(artifact.file());
        return new Contribution(
                RuntimeDeclaration.WORKER,
                files,
                offered.routes(),
                offered.tools(),
                List.of(),
                List.of(),
                Optional.empty(),
                PluginMigrations.highest(artifact.migrations()),
                left,
                ports.platform()
                        .apis()
                        .get()
                        .map(apis -> apis.warnings(artifact.manifest(), files, offered.routes()))
                        .orElseGet(List::of));
    }

    private void enter(Phase phase) {
        reports.accept(new RunReport.Entered(phase));
    }
}
