// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/** Collects why bundles of the edition did not start. */
final class StartErrors implements FrameworkListener {
    private final Map<Bundle, String> reasons = new ConcurrentHashMap<>();

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            reasons.put(event.getBundle(), String.valueOf(event.getThrowable().getMessage()));
        }
    }

    /** Fail, naming bundles and reasons, unless all of them run. */
    void requireActive(List<Bundle> bundles) {
        List<String> failed = bundles.stream()
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && !BundleInstaller.isFragment(bundle))
                .map(bundle -> "Bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " did not start: "
                        + reasons.getOrDefault(bundle, "no reason was given"))
                .toList();
        if (!failed.isEmpty()) {
            throw new LaunchFailure(ExitCode.FAULT, String.join(System.lineSeparator(), failed));
        }
    }
}
