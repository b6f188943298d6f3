// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.Orders;
import dev.mortise.host.deploy.Deployer;
import dev.mortise.host.deploy.Deployment;
import dev.mortise.host.deploy.Jar;
import dev.mortise.host.deploy.Sequencer;
import dev.mortise.host.folder.FolderWatcher;
import dev.mortise.host.folder.MarkerWriter;
import dev.mortise.host.intake.ArtifactStore;
import dev.mortise.host.intake.Inbox;
import dev.mortise.host.intake.Inspection;
import dev.mortise.host.intake.Intake;
import dev.mortise.host.intake.Staging;
import dev.mortise.host.runtime.BundleRuntime;
import dev.mortise.host.runtime.RuntimePorts;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.Routing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
final class Engine implements AutoCloseable, Orders, Platform.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration SETTLED = Duration.ofMillis(500);

    private final Needs needs;
    private final Threads threads;
    private final Staging staging;
    private final MarkerWriter markers;
    private final FolderWatcher watcher;
    private final BundleRuntime runtime;
    private final Deployer deployer;
    private final Sequencer sequencer;
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
        this.runtime = new BundleRuntime(
                new RuntimePorts(
                        needs.context(),
                        needs.components(),
                        needs.platform()::database,
                        needs.platform()::tenants,
                        needs.platform()::suppliers,
                        threads.timer()),
                settings.runtime());
        this.sequencer = new Sequencer(threads.timer(), this::pass);
        this.deployer = new Deployment(
                        runtime,
                        needs.routing(),
                        needs.platform()::security,
                        markers::show,
                        needs.state()::show,
                        new Version(version(needs.context())))
                .deployer(sequencer, settings.startParallel(), settings.drain());
        Inbox inbox = new Inbox(staging, threads.intake(), this::staged);
        this.watcher = new FolderWatcher(plugins, settings.depth(), settings.pace(), (files, left) -> {
            markers.adopt(left);
            inbox.look(files);
        });
        threads.retry(inbox::tryAgain);
    }

    /** Begins: from now on the folder is looked at. */
    void start() {
        runtime.open();
        sequencer.start();
        needs.platform().listen(this);
        watcher.start();
    }

    @Override
    public void restart(PluginId plugin) {
        sequencer.post(() -> deployer.restart(plugin));
    }

    @Override
    public long jarBytesAtMost() {
        return needs.settings().intake().jarBytes();
    }

    @Override
    public Inspection check(Path jar, String name) throws IOException {
        return staging.check(jar, name);
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
            needs.state().begin(this, Instant.now());
        }
    }

    private static String version(BundleContext context) {
        String version = context.getProperty("mortise.version");
        return version == null ? "1.0.0" : version;
    }
}
