// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;

/**
 * Waits for the framework's end, but not for ever: a bundle whose code hangs would hold it, and all that stops after that
 * bundle, as long as the process lives.
 */
final class EndOfFramework implements SynchronousBundleListener {
    private final Framework framework;
    private final Duration limit;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile boolean stuck;

    EndOfFramework(Framework framework, Duration limit) {
        this.framework = framework;
        this.limit = limit;
    }

    /** Return what completes when the framework begins to stop, whoever asked for that. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    void begin() {
        begun.complete(null);
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean itself = event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
        if (itself && event.getType() == BundleEvent.STOPPING) {
            begin();
        }
    }

    /** Wait until it has stopped; fail when it takes too long, naming the bundles that hold it. Waiting again does not. */
    void await() throws InterruptedException {
        if (stuck || framework.waitForStop(limit.toMillis()).getType() != FrameworkEvent.WAIT_TIMEDOUT) {
            return;
        }
        stuck = true;
        throw new LaunchFailure(
                ExitCode.FAULT,
                "The container did not stop within " + limit.toSeconds() + " s" + culprits() + ". It is ended now.");
    }

    private String culprits() {
        String names = Arrays.stream(framework.getBundleContext().getBundles())
                .filter(bundle -> bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID)
                .filter(bundle -> (bundle.getState() & (Bundle.STARTING | Bundle.STOPPING)) != 0)
                .map(bundle -> bundle.getSymbolicName() + " " + bundle.getVersion())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : ": code of " + names + " hangs";
    }
}
