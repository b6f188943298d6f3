// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.Deployer;
import dev.mortise.host.deploy.Deploying;
import dev.mortise.host.deploy.Jar;
import dev.mortise.host.deploy.Sequencer;
import dev.mortise.host.folder.FolderWatcher;
import dev.mortise.host.folder.MarkerWriter;
import dev.mortise.host.intake.ArtifactStore;
import dev.mortise.host.intake.Inbox;
import dev.mortise.host.intake.Intake;
import dev.mortise.host.intake.Staging;
import dev.mortise.host.leak.LeakVerdict;
import dev.mortise.host.leak.LeakWatch;
import dev.mortise.host.runtime.BundleRuntime;
import dev.mortise.host.runtime.PlacedRuntime;
import dev.mortise.host.runtime.RuntimePorts;
import dev.mortise.host.runtime.WiringHolders;
import dev.mortise.host.runtime.WorkerPorts;
import dev.mortise.host.runtime.WorkerRuntime;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.Routing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of the host that runs: made when all it needs is there, ended in the reverse order. */
final class Engine implements AutoCloseable, Platform.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration SETTLED = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Needs needs;
    private final Threads threads;
    private final Staging staging;
    private final MarkerWriter markers;
    private final FolderWatcher watcher;
    private final LeakWatch leaks;
    private final BundleRuntime runtime;
    private final PlacedRuntime placed;
    private final Deployer deployer;
    private final Sequencer sequencer;
    private final CurrentStore store;
    private final Restart restart;
    private final AtomicBoolean changes = new AtomicBoolean();
    private boolean begun;
    private boolean open;

    /** What an engine needs of others. */
    record Needs(
            BundleContext context,
            Routing routing,
            ManifestReader reader,
            ServiceComponentRuntime components,
            Platform platform,
            HostState state,
            Settings settings) {}

    Engine(Needs needs) throws IOException {
        Settings settings = needs.settings();
        Path plugins = Files.createDirectories(settings.plugins());
        this.needs = needs;
        this.threads = new Threads();
        this.markers = new MarkerWriter(plugins, threads.markers());
        this.staging = new Staging(
                plugins,
                new ArtifactStore(settings.store()),
                new Intake(needs.reader(), settings.intake()),
                settings.intake());
        this.store = new CurrentStore(needs.platform()::store);
        this.restart = new Restart(store, staging, threads.intake());
        this.leaks = new LeakWatch(
                threads.timer(), threads.leaks(), settings.leaks(), List.of(new WiringHolders(needs.context())));
        this.runtime = runtime(settings);
        this.placed = placed(settings);
        this.sequencer = new Sequencer(threads.timer(), this::pass);
        this.deployer = deployer(settings);
        leaks.listen(leakListener());
        Inbox inbox = new Inbox(staging, threads.intake(), this::staged);
        this.watcher = new FolderWatcher(plugins, settings.depth(), settings.pace(), (files, left) -> {
            markers.adopt(left);
            inbox.look(files);
        });
        threads.retry(inbox::tryAgain);
    }

    private LeakWatch.Listener leakListener() {
        return new LeakWatch.Listener() {
            @Override
            public void judged(PluginIdentity plugin, LeakVerdict verdict) {
                sequencer.post(() -> deployer.loaderJudged(plugin, verdict.verdict()));
            }

            @Override
            public void corrected(PluginIdentity plugin, LeakVerdict wrong, LeakVerdict right) {
                sequencer.post(() -> deployer.loaderJudgedAnew(plugin, wrong.verdict(), right.verdict()));
            }
        };
    }

    private BundleRuntime runtime(Settings settings) {
        return new BundleRuntime(
                new RuntimePorts(
                        needs.context(),
                        needs.components(),
                        platform(),
                        digest -> staging.bring(digest, store::fetch),
                        leaks,
                        threads.timer()),
                settings.runtime());
    }

    private RuntimePorts.Platform platform() {
        return new RuntimePorts.Platform(
                needs.platform()::database,
                needs.platform()::tenants,
                needs.platform()::suppliers,
                needs.platform()::apis,
                needs.state().tenancy());
    }

    private PlacedRuntime placed(Settings settings) {
        Workforce workforce = needs.platform().workforce();
        WorkerRuntime workers = new WorkerRuntime(
                new WorkerPorts(
                        platform(),
                        digest -> staging.bring(digest, store::fetch),
                        threads.timer(),
                        workforce.others(),
                        workforce::partsOfFleet,
                        workforce,
                        settings.credential()),
                settings.runtime());
        return new PlacedRuntime(runtime, workers, workforce.placements(needs.platform()::placements));
    }

    private Deployer deployer(Settings settings) {
        return new Deploying(
                        placed,
                        needs.routing(),
                        needs.platform()::security,
                        markers::show,
                        needs.state()::show,
                        needs.state().deployments()::show,
                        store,
                        new Version(version(needs.context())))
                .deployer(sequencer, settings.startParallel(), settings.drain(), threads.ledger());
    }

    /** Begins: first what was desired when the container ended is read back, then the folder is looked at. */
    void start() {
        runtime.open();
        sequencer.start();
        needs.platform().listen(this);
        needs.routing().whenHeldElsewhere(() -> sequencer.post(() -> {}));
        threads.ledger().execute(() -> restore(FIRST_PAUSE));
    }

    private void restore(Duration pause) {
        try {
            Restart.Found found = restart.read(needs.routing().node());
            sequencer.post(() -> deployer.restore(found.recorded(), found.inspections()));
            watcher.start();
            restart.prune(needs.settings().keptVersions());
            threads.hourly(() -> restart.prune(needs.settings().keptVersions()));
        } catch (MortiseException e) {
            LOG.warn("What is desired can't be read: {} It is tried again.", e.getMessage());
            Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            var unused = threads.timer()
                    .schedule(
                            () -> threads.ledger().execute(() -> restore(next)),
                            pause.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void supplierCame(PluginServices supplier) {
        runtime.supplierCame(supplier);
    }

    @Override
    public void supplierWent(PluginServices supplier) {
        runtime.supplierWent(supplier);
    }

    /** A bundle seldom comes alone: what failed is tried again once for all of them. */
    @Override
    public void changed() {
        if (changes.compareAndSet(false, true)) {
            var unused = threads.timer().schedule(this::tryAgain, SETTLED.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tryAgain() {
        changes.set(false);
        sequencer.post(deployer::platformChanged);
    }

    @Override
    public void securityCame() {
        sequencer.post(deployer::securityIsNew);
    }

    /** Stops all plugins in order and then itself; waits for that, but not for ever. */
    @Override
    public void close() {
        needs.platform().listen(Platform.Listener.NOBODY);
        needs.routing().whenHeldElsewhere(() -> {});
        needs.state().stop();
        watcher.close();
        CountDownLatch stopped = new CountDownLatch(1);
        sequencer.post(() -> deployer.stopAll(stopped::countDown));
        try {
            // the rest of the time belongs to what stops after the plugins, the database for one
            Duration patience = needs.settings().shutdown().multipliedBy(3).dividedBy(4);
            if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Not all plugins ended within {} s; they are left behind", patience.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sequencer.close();
        runtime.close();
        leaks.close();
        threads.close();
    }

    private void staged(Map<Path, Inbox.Staged> files) {
        Map<Path, Jar> jars = new TreeMap<>();
        files.forEach((path, staged) -> jars.put(path, new Jar(staged.file(), staged.inspection())));
        sequencer.post(() -> {
            deployer.folder(jars);
            begun = true;
        });
    }

    private void pass() {
        deployer.pass();
        if (begun && !open) {
            open = true;
            needs.routing().open();
            needs.state()
                    .begin(new EngineOrders(
                            staging, needs.reader(), store, sequencer, deployer.orders(), leaks::newest));
        }
    }

    private static String version(BundleContext context) {
        String version = context.getProperty("mortise.version");
        return version == null ? "1.0.0" : version;
    }
}
