// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.config.Settings;
import dev.mortise.launcher.feature.EditionBundle;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** One OSGi framework with the bundles of an edition in it. */
public final class Container implements AutoCloseable {
    private final Launch launch;
    private final Framework framework;
    private final StartErrors errors = new StartErrors();
    private final StartRefusals refusals;
    private final EndOfFramework end;
    private volatile boolean stopping;

    private Container(Launch launch, Framework framework) {
        this.launch = launch;
        this.framework = framework;
        this.end = new EndOfFramework(
                framework, Duration.ofSeconds(launch.settings().number("host", "shutdown.limit-s")));
        this.refusals = new StartRefusals(this::stop, () -> stopping);
    }

    /** Make the framework of a home; nothing runs yet. */
    public static Container of(Launch launch) {
        return new Container(launch, new Felix(FrameworkProperties.of(launch, FrameworkCache.of(launch))));
    }

    /** Start all bundles, configured, or fail naming those that did not start; return early when it is stopped meanwhile. */
    public void start() throws InterruptedException {
        try {
            framework.init();
            if (!stopsAgain()) {
                startAll();
            }
        } catch (LaunchFailure e) {
            throw refusals.first().orElse(e);
        } catch (BundleException | IOException e) {
            if (!stopping) {
                throw new LaunchFailure(ExitCode.FAULT, "The framework did not start: " + e.getMessage() + ".", e);
            }
        } catch (IllegalStateException e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    private void startAll() throws InterruptedException, BundleException, IOException {
        framework.getBundleContext().addFrameworkListener(errors);
        framework.getBundleContext().addBundleListener(end);
        refusals.offer(framework.getBundleContext());
        List<Bundle> bundles = install();
        framework.start();
        if (stopsAgain()) {
            return;
        }
        configure(launch.settings());
        StartLevels.reachAll(framework, end.begun());
        if (!stopping) {
            errors.requireActive(bundles);
        }
    }

    /** A framework that was asked to stop before init() or start() had ended comes up nevertheless: it is asked again. */
    private boolean stopsAgain() {
        if (stopping) {
            stop();
        }
        return stopping;
    }

    private List<Bundle> install() throws BundleException {
        BundleInstaller installer =
                new BundleInstaller(context(), launch.distribution().system());
        List<Bundle> bundles = new ArrayList<>();
        for (EditionBundle bundle : launch.edition().bundles()) {
            bundles.add(installer.install(bundle));
        }
        return bundles;
    }

    /** Hand settings to the bundles; those that differ in nothing notice nothing. */
    public void configure(Settings settings) throws IOException {
        new Configurations(context()).push(launch, settings);
    }

    /** Take note that it has been up once: from now on no bundle can end it. */
    public void markUp() {
        refusals.ignore();
    }

    /** Return the context of the system bundle. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Return whether all levels were reached and nobody has asked to stop. */
    public boolean isRunning() {
        return framework.getState() == Bundle.ACTIVE;
    }

    /** Begin to stop; returns at once. */
    public void stop() {
        stopping = true;
        end.begin();
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Wait until somebody has stopped the framework; fail when it was a bundle, because the container could not come up. */
    public void await() throws InterruptedException {
        end.begun().join();
        end.await();
        Optional<LaunchFailure> refusal = refusals.first();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** Stop, and wait until everything has ended. */
    @Override
    public void close() throws InterruptedException {
        stop();
        end.await();
    }
}
