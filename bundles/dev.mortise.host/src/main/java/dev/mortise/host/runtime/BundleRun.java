// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.services.BundleServices;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.StartProblem;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plugin version as a bundle, from its installation to its removal. Everything of the plugin runs on its own threads;
 * what others call only leaves a note for them.
 */
final class BundleRun implements Running {
    private static final Logger LOG = LoggerFactory.getLogger(BundleRun.class);

    private final Artifact artifact;
    private final RuntimePorts ports;
    private final PluginThreads threads;
    private final Consumer<RunReport> reports;
    private final StartSequence sequence;
    private final HealthRounds rounds;
    private final HealthWatch health;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean lookWaits = new AtomicBoolean();
    private volatile boolean stands;
    // what was told last; lives on the thread of the plugin
    private RunReport told = new RunReport.Phase(PluginState.STARTING);
    private volatile boolean ending;

    BundleRun(
            Artifact artifact,
            Reach reach,
            RuntimePorts ports,
            RuntimeLimits limits,
            FrameworkBundles bundles,
            PluginThreads threads,
            Consumer<RunReport> reports,
            HealthRounds rounds) {
        this.artifact = artifact;
        this.ports = ports;
        this.threads = threads;
        this.reports = reports;
        this.rounds = rounds;
        PluginHandle plugin = new PluginHandle(artifact, new Deadlines(ports.timer(), limits.step(), this::abandon));
        this.health = new HealthWatch(plugin, threads, limits.answer(), this::lookSoon);
        this.sequence = new StartSequence(plugin, reach, ports, limits, bundles, threads, reports, health);
    }

    void begin() {
        threads.execute(() -> guarded(() -> {
            Optional<Problem> problem = sequence.run();
            if (problem.isPresent()) {
                tell(new RunReport.Failed(problem.get()));
            } else {
                live();
            }
        }));
    }

    /** Answers when nothing of it is left. */
    CompletableFuture<Void> over() {
        return over;
    }

    boolean runs(Bundle other) {
        return sequence.bundle().filter(other::equals).isPresent();
    }

    /** Changes the services that the plugin sees, and looks what comes of it. */
    void change(Consumer<BundleServices> change) {
        threads.execute(() -> guarded(() -> {
            sequence.services().ifPresent(change);
            lookSoon();
        }));
    }

    /** Something of the plugin changed: it is looked at on its own thread, once for all that changed meanwhile. */
    void lookSoon() {
        sequence.somethingMoved();
        if (stands && !ending && lookWaits.compareAndSet(false, true)) {
            threads.execute(() -> guarded(this::look));
        }
    }

    /** Somebody stops the bundle past Mortise: told once, when it begins, however long it takes to end. */
    void isBeingStopped() {
        if (stands && !ending) {
            stands = false;
            tell(new RunReport.Failed(new StartProblem(
                    "Plugin '" + artifact.id() + "' was stopped from outside Mortise.",
                    "Run 'restart " + artifact.id() + "'.")));
        }
    }

    @Override
    public CompletionStage<Void> retire() {
        if (!ending) {
            ending = true;
            rounds.remove(health);
            sequence.giveUp();
            if (!threads.execute(() -> guarded(this::end))) {
                over.complete(null);
            }
        }
        return over;
    }

    @Override
    public void contract() {
        threads.execute(() -> guarded(() -> {
            tell(new RunReport.Contracted(sequence.contract()));
            lookSoon();
        }));
    }

    private void live() {
        stands = true;
        told = new RunReport.Serving(sequence.contribution());
        tell(told);
        health.joinRounds();
        askForHealth();
        // what came between the last look of the start and now left no note
        lookSoon();
    }

    /** Lives on the thread of the plugin; a check may come later than the plugin. */
    private void askForHealth() {
        if (health.hasChecks()) {
            rounds.add(health);
            if (ending) {
                rounds.remove(health);
            }
        }
    }

    private void look() {
        lookWaits.set(false);
        if (ending) {
            return;
        }
        if (sequence.bundle()
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                .isPresent()) {
            isBeingStopped();
            return;
        }
        RunReport news = report(sequence.look());
        askForHealth();
        // each report costs a pass over all plugins
        if (!news.equals(told)) {
            told = news;
            tell(news);
        }
    }

    private static RunReport report(Checkup checkup) {
        if (checkup instanceof Checkup.Good good) {
            return new RunReport.Serving(good.contribution());
        }
        if (checkup instanceof Checkup.Pending pending) {
            return new RunReport.Impaired(pending.problem());
        }
        return checkup instanceof Checkup.Unwell unwell
                ? new RunReport.Impaired(unwell.problem())
                : new RunReport.Impaired(((Checkup.Bad) checkup).problem());
    }

    private void end() {
        try {
            clearAway();
        } finally {
            // whoever still knows this run must not hold the plugin's classes by it
            told = new RunReport.Phase(PluginState.STARTING);
            threads.close();
            over.complete(null);
        }
    }

    private void clearAway() {
        health.close();
        sequence.undo();
    }

    private void tell(RunReport report) {
        reports.accept(report);
    }

    /** Whoever comes back after a deadline finds that nobody waits, and clears up behind itself as far as it can. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Overrun late) {
            LOG.info("plugin={} {}; it is cleared away now", artifact.identity(), late.getMessage());
            clearAway();
        } catch (Throwable e) {
            tell(new RunReport.Failed(StartProblems.thrown(artifact.id(), e)));
        }
    }

    /** Runs on the timer's thread: the plugin is given up, and nobody ever waits for it again. */
    private void abandon(String what, Duration limit, Thread thread) {
        StartProblem problem = StartProblems.overrun(artifact.id(), what, limit);
        LOG.info(
                "plugin={} threads at the deadline of {}:\n{}",
                artifact.identity(),
                thread.getName(),
                ThreadDump.of(threads.prefix()));
        boolean alive = !ending;
        ending = true;
        rounds.remove(health);
        threads.abandon();
        sequence.bundle().flatMap(FrameworkBundles::loader).ifPresent(loader -> ports.leaks()
                .abandoned(artifact.identity(), loader));
        if (alive) {
            tell(new RunReport.Failed(problem));
        }
        over.complete(null);
        threads.newThread(() -> sequence.services().ifPresent(BundleServices::close))
                .start();
    }
}
