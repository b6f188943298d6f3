// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** Moves the framework through its start levels. */
final class StartLevels {
    /** The level at which Configuration Admin runs and nothing that reads a configuration. */
    static final int CONFIGURATION = 5;

    /** The level of bundles that are installed later, by the host. */
    static final int PLUGINS = 90;

    /** The level at which everything runs. */
    static final int ALL = 100;

    private static final long DEADLINE_SECONDS = 120;

    private StartLevels() {}

    /** Start every bundle, in the order of the levels, and wait until that is done or somebody stops the framework. */
    static void reachAll(Framework framework) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        FrameworkStartLevel levels = framework.adapt(FrameworkStartLevel.class);
        levels.setInitialBundleStartLevel(PLUGINS);
        listenToItsEnd(framework, over);
        levels.setStartLevel(ALL, event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                over.countDown();
            }
        });
        if (!over.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new LaunchFailure(
                    ExitCode.FAULT,
                    "The bundles did not start within " + DEADLINE_SECONDS + " s. See log/mortise.log.");
        }
    }

    /** A framework that is stopped on its way up never tells that it has reached a level. */
    private static void listenToItsEnd(Framework framework, CountDownLatch over) {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            over.countDown();
            return;
        }
        context.addBundleListener((SynchronousBundleListener) event -> {
            boolean itself = event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
            if (itself && event.getType() == BundleEvent.STOPPING) {
                over.countDown();
            }
        });
        if (framework.getState() != Bundle.ACTIVE) {
            over.countDown();
        }
    }
}
