// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.FrameworkEvent;
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

    /** Start every bundle, in the order of the levels, and wait until that is done or the framework stops. */
    static void reachAll(Framework framework, CompletableFuture<Void> stops) throws InterruptedException {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        FrameworkStartLevel levels = framework.adapt(FrameworkStartLevel.class);
        levels.setInitialBundleStartLevel(PLUGINS);
        levels.setStartLevel(ALL, event -> {
            if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                reached.complete(null);
            }
        });
        try {
            // a framework that is stopped on its way up never tells that it has reached a level
            CompletableFuture.anyOf(reached, stops).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new LaunchFailure(
                    ExitCode.FAULT,
                    "The bundles did not start within " + DEADLINE_SECONDS + " s. See log/mortise.log.",
                    e);
        }
    }
}
