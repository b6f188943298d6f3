// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.data.Migration;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.services.BundleServices;
import dev.mortise.host.services.HostOffers;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.PluginServices.Scope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a start, one after the other, each answering what stands against going on; and the way back. A bundle that
 * brings its own migrations is started without the platform's services and gets them when its tables are there; any other
 * is migrated before it is started. Lives on the thread of the plugin.
 */
final class StartSequence {
    private static final Logger LOG = LoggerFactory.getLogger(StartSequence.class);

    private final PluginHandle plugin;
    private final RuntimePorts ports;
    private final RuntimeLimits limits;
    private final FrameworkBundles bundles;
    private final PluginThreads threads;
    private final Consumer<RunReport> reports;
    private final HealthWatch health;
    private final Moves moves = new Moves();
    private final TenantPart tenants;
    private volatile Optional<Bundle> bundle = Optional.empty();
    private volatile Optional<BundleServices> services = Optional.empty();
    private final Reach reach;
    private Optional<Examination> examination = Optional.empty();
    private List<Migration> migrations = List.of();
    private Optional<Contribution> contribution = Optional.empty();

    StartSequence(
            PluginHandle plugin,
            Reach reach,
            RuntimePorts ports,
            RuntimeLimits limits,
            FrameworkBundles bundles,
            PluginThreads threads,
            Consumer<RunReport> reports,
            HealthWatch health) {
        this.plugin = plugin;
        this.reach = reach;
        this.ports = ports;
        this.limits = limits;
        this.bundles = bundles;
        this.threads = threads;
        this.reports = reports;
        this.health = health;
        this.tenants = new TenantPart(plugin, ports, limits.tenants(), threads, moves, health::lookAgain);
    }

    Optional<Bundle> bundle() {
        return bundle;
    }

    Optional<BundleServices> services() {
        return services;
    }

    void somethingMoved() {
        moves.happened();
    }

    /** Ends all waiting: the start is no longer wanted. */
    void giveUp() {
        moves.giveUp();
    }

    /** Starts; answers why it did not, in which case {@link #undo} is still to be called. */
    Optional<Problem> run() {
        enter(Phase.INSTALL);
        Optional<Problem> problem =
                guarded(() -> ports.bytes().missing(plugin.artifact())).or(() -> guarded(this::install));
        if (problem.isPresent()) {
            return problem;
        }
        boolean ownMigrations = plugin.artifact().offersMigrations();
        problem = ownMigrations
                ? guarded(this::startBundle)
                        .or(() -> guarded(this::migrateFromSources))
                        .or(() -> guarded(this::register))
                : guarded(this::migrateFromFiles)
                        .or(() -> guarded(this::register))
                        .or(() -> guarded(this::startBundle));
        return problem.or(this::becomeReady).or(this::startForTenants);
    }

    private Optional<Problem> startForTenants() {
        tenants.begin(examination.orElseThrow().hooks());
        return Optional.empty();
    }

    /** Answers what a start that went well found. */
    Contribution contribution() {
        return contribution.orElseThrow();
    }

    Checkup look() {
        return tenants.judged(examination.orElseThrow().look());
    }

    /** Takes everything back, whatever state it is in; goes on where a part of it does not end well. */
    void undo() {
        tenants.end();
        examination.ifPresent(last -> last.hooks().forEach(this::farewell));
        examination.ifPresent(Examination::close);
        bundle.ifPresent(gone -> {
            quietly("stop", () -> plugin.deadlines().within("stopping plugin '" + plugin.id() + "'", () -> {
                gone.stop(Bundle.STOP_TRANSIENT);
                return true;
            }));
            services.ifPresent(BundleServices::close);
            quietly("remove", () -> {
                Optional<ClassLoader> loader = FrameworkBundles.loader(gone);
                bundles.remove(gone);
                var unused = loader.map(
                        left -> ports.leaks().retired(plugin.artifact().identity(), left));
                return true;
            });
        });
        contribution = Optional.empty();
        examination = Optional.empty();
        services = Optional.empty();
        bundle = Optional.empty();
    }

    private Optional<Problem> install() throws BundleException, IOException {
        Artifact artifact = plugin.artifact();
        Bundle installed = bundles.install(artifact);
        bundle = Optional.of(installed);
        Optional<Problem> problem = bundles.resolve(artifact, installed);
        if (problem.isPresent()) {
            return problem;
        }
        threads.use(installed.adapt(BundleWiring.class).getClassLoader());
        BundleServices offered =
                new BundleServices(ports.host(), installed, new Scope(artifact.manifest(), artifact.digest()));
        offered.add(new HostOffers(
                threads, ports.platform().tenants(), ports.platform().tenancy()));
        ports.platform().suppliers().get().forEach(offered::add);
        services = Optional.of(offered);
        examination = Optional.of(new Examination(
                plugin,
                installed,
                ports.host(),
                ports.components(),
                health,
                ports.platform().apis()));
        return Optional.empty();
    }

    private Optional<Problem> migrateFromFiles() {
        return migrate(plugin.artifact().migrations());
    }

    private Optional<Problem> migrateFromSources() throws Exception {
        Optional<List<Migration>> all = new MigrationSources(plugin, bundle.orElseThrow(), ports.host())
                .fetch(moves, System.nanoTime() + limits.settle().toNanos());
        return all.isPresent() ? migrate(all.get()) : Optional.of(MigrationSources.noneCame(plugin.id()));
    }

    private Optional<Problem> migrate(List<Migration> all) {
        enter(Phase.MIGRATE);
        migrations = all;
        Optional<Problem> problem = migrate(reach);
        if (problem.isEmpty()) {
            reports.accept(new RunReport.Phase(PluginState.STARTING));
            enter(Phase.START);
        }
        return problem;
    }

    private Optional<Problem> migrate(Reach far) {
        PluginMigrations.Result result = new PluginMigrations(
                        plugin.artifact(), ports.platform().database())
                .run(migrations, far, this::delayed);
        examination.orElseThrow().expects(PluginMigrations.highest(migrations), result.left());
        return result.problem();
    }

    /** Runs the contract migrations that were left; answers why they did not run. */
    Optional<Problem> contract() {
        return guarded(() -> migrate(Reach.ALL));
    }

    private void enter(Phase phase) {
        reports.accept(new RunReport.Entered(phase));
    }

    private boolean delayed(Problem why, Duration pause) {
        reports.accept(new RunReport.Delayed(why));
        long end = System.nanoTime() + pause.toNanos();
        while (!moves.givenUp() && System.nanoTime() - end < 0) {
            moves.await(end);
        }
        return !moves.givenUp();
    }

    /** Registering activates components of a bundle that is started already. */
    private Optional<Problem> register() throws Exception {
        plugin.call("activation of plugin '" + plugin.id() + "'", () -> {
            services.orElseThrow().register();
            services.orElseThrow().registerMigrated();
            return true;
        });
        return Optional.empty();
    }

    private Optional<Problem> startBundle() throws Exception {
        plugin.call("activation of plugin '" + plugin.id() + "'", () -> {
            bundle.orElseThrow().start(Bundle.START_TRANSIENT);
            return true;
        });
        return Optional.empty();
    }

    private Optional<Problem> becomeReady() {
        enter(Phase.PROBE);
        return new Settling(moves, limits, this::look)
                .last()
                .map(this::judged)
                .orElseGet(() -> Optional.of(StartProblems.unwanted(plugin.id())));
    }

    private Optional<Problem> judged(Checkup checkup) {
        if (checkup instanceof Checkup.Good good) {
            contribution = Optional.of(good.contribution());
            return Optional.empty();
        }
        if (checkup instanceof Checkup.Bad bad) {
            return Optional.of(bad.problem());
        }
        return Optional.of(
                checkup instanceof Checkup.Unwell unwell ? unwell.problem() : ((Checkup.Pending) checkup).problem());
    }

    private void farewell(PluginLifecycle hook) {
        quietly(
                "stop()",
                () -> plugin.call(limits.farewell(), "stop() of plugin '" + plugin.id() + "'", () -> {
                    hook.stop();
                    return true;
                }));
    }

    private Optional<Problem> guarded(Callable<Optional<Problem>> step) {
        if (moves.givenUp()) {
            return Optional.of(StartProblems.unwanted(plugin.id()));
        }
        try {
            return step.call();
        } catch (Overrun e) {
            throw e;
        } catch (Throwable e) {
            return Optional.of(StartProblems.thrown(plugin.id(), e));
        }
    }

    private void quietly(String what, Callable<Boolean> step) {
        try {
            step.call();
        } catch (Overrun e) {
            throw e;
        } catch (Throwable e) {
            LOG.warn("plugin={} did not {} in order", plugin.artifact().identity(), what, e);
        }
    }
}
