// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.config.AccessTokens;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.tenancy.TenantStarts;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.HealthProblem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.WorkerFleet;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin version as processes, from its first one to the end of its last. No code of the plugin runs here; what waits
 * runs on a thread of its own all the same, so that nobody waits for a process or the database but its plugin.
 */
final class WorkerRun implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRun.class);

    private final Artifact artifact;
    private final Reach reach;
    private final WorkerPorts ports;
    private final RuntimeLimits limits;
    private final PluginThreads threads;
    private final Consumer<RunReport> reports;
    private final WorkerSupplies supplies;
    private final WorkerStart start;
    private final RecordedRun record;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean lookWaits = new AtomicBoolean();
    private volatile boolean stands;
    private volatile boolean ending;
    // these live on the thread of the plugin
    private Optional<RunReport> told = Optional.empty();
    private Optional<TenantStarts> tenants = Optional.empty();
    private Optional<ScheduledFuture<?>> renewal = Optional.empty();
    private Optional<AccessTokens.Listening> listening = Optional.empty();

    WorkerRun(
            Artifact artifact,
            Reach reach,
            WorkerPorts ports,
            RuntimeLimits limits,
            PluginThreads threads,
            Consumer<RunReport> reports) {
        this.artifact = artifact;
        this.reach = reach;
        this.ports = ports;
        this.limits = limits;
        this.threads = threads;
        this.reports = reports;
        this.supplies = new WorkerSupplies(artifact, ports);
        this.start = new WorkerStart(artifact, ports, limits, supplies, reports);
        this.record = new RecordedRun(artifact.identity(), ports.others().runs());
    }

    void begin() {
        threads.execute(() -> guarded(() -> {
            record.keep();
            Optional<Problem> problem = start.run(reach, this::lookSoon);
            if (problem.isPresent()) {
                reports.accept(new RunReport.Failed(problem.get()));
            } else {
                live();
            }
        }));
    }

    @Override
    public String location() {
        return RuntimeDeclaration.WORKER;
    }

    private void live() {
        WorkerFleet fleet = start.fleet().orElseThrow();
        WorkerHooks hooks = new WorkerHooks(
                artifact.id(),
                artifact.manifest().runtime().scope(),
                fleet,
                supplies::part,
                limits.tenants(),
                threads.waiting(limits.tenants().parallel()));
        TenantStarts begun = ports.platform().tenancy().began(artifact.id(), artifact.digest(), hooks);
        tenants = Optional.of(begun);
        start.proven().ifPresent(tenant -> {
            var unused = begun.start(tenant);
        });
        stands = true;
        look();
        WorkerCare caring = new WorkerCare(artifact.manifest(), ports, supplies, fleet);
        listening = Optional.of(ports.parts()
                .apply(artifact.manifest())
                .whenRenewed(tenant -> threads.execute(() -> guarded(() -> caring.renewed(tenant)))));
        renewal = Optional.of(ports.timer()
                .scheduleWithFixedDelay(
                        () -> threads.execute(() -> guarded(() -> tend(caring))),
                        caring.period().toMillis(),
                        caring.period().toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    private void tend(WorkerCare caring) {
        record.keep();
        caring.tend();
    }

    /** Called on any thread: the processes are looked at once for all that changed meanwhile. */
    private void lookSoon() {
        if (stands && !ending && lookWaits.compareAndSet(false, true)) {
            boolean unused = threads.execute(() -> guarded(this::look));
        }
    }

    private void look() {
        lookWaits.set(false);
        if (ending) {
            return;
        }
        WorkerFleet fleet = start.fleet().orElseThrow();
        Contribution brought = start.contribution();
        RunReport news = new RunReport.Serving(brought.but(trouble(fleet)));
        tenants.ifPresent(begun -> WorkerCare.tell(fleet, begun));
        // each report costs a pass over all plugins
        if (!told.equals(Optional.of(news))) {
            told = Optional.of(news);
            reports.accept(news);
        }
    }

    /** One that is in error, or says that it is degraded, takes the plugin from nobody else. */
    private Optional<Problem> trouble(WorkerFleet fleet) {
        return fleet.workers().stream()
                .filter(worker -> worker.state() == RuntimeState.ERROR || worker.state() == RuntimeState.DEGRADED)
                .min(Comparator.comparing(worker -> worker.state() != RuntimeState.ERROR))
                .map(worker -> new HealthProblem(
                        "The process %d of plugin '%s'%s is %s: %s"
                                .formatted(
                                        worker.instance(),
                                        artifact.id(),
                                        worker.tenant()
                                                .map(tenant -> " for tenant '" + tenant + "'")
                                                .orElse(""),
                                        worker.state() == RuntimeState.ERROR ? "in error" : "degraded",
                                        worker.reason()),
                        "Look with 'worker show %s', mend it and run 'worker restart %s'."
                                .formatted(artifact.id(), artifact.id())));
    }

    @Override
    public CompletionStage<Void> retire() {
        if (!ending) {
            ending = true;
            start.giveUp();
            if (!threads.execute(() -> guarded(this::end))) {
                over.complete(null);
            }
        }
        return over;
    }

    @Override
    public void contract() {
        threads.execute(() -> guarded(() -> {
            Optional<Problem> problem = start.migrate(Reach.ALL);
            reports.accept(new RunReport.Contracted(problem));
        }));
    }

    private void end() {
        renewal.ifPresent(running -> running.cancel(false));
        listening.ifPresent(AccessTokens.Listening::close);
        tenants.ifPresent(begun -> ports.platform().tenancy().ended(artifact.digest(), begun));
        CompletionStage<Void> retired =
                start.fleet().map(WorkerFleet::retire).orElseGet(() -> CompletableFuture.completedStage(null));
        var unused = retired.whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("plugin={} its processes did not end in order", artifact.identity(), failure);
            }
            start.fleet().ifPresent(fleet -> ports.watch().ended(artifact.id(), fleet));
            record.close();
            threads.close();
            over.complete(null);
        });
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            if (ending) {
                LOG.warn("plugin={} did not end in order", artifact.identity(), e);
                over.complete(null);
            } else {
                reports.accept(new RunReport.Failed(StartProblems.thrown(artifact.id(), e)));
            }
        }
    }
}
