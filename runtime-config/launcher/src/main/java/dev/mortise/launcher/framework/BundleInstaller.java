// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.feature.EditionBundle;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Installs the bundles of an edition in place, without copying them. */
record BundleInstaller(BundleContext context, Path repository) {

    /** Install a bundle and mark it to be started when the framework reaches its level. */
    Bundle install(EditionBundle wanted) throws BundleException {
        Path jar = wanted.artifact().in(repository);
        if (Files.notExists(jar)) {
            throw new LaunchFailure(
                    ExitCode.FAULT,
                    "Bundle " + wanted.artifact() + " is missing in the distribution: no file '" + jar + "'.");
        }
        Bundle bundle = context.installBundle("reference:" + jar.toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(wanted.startLevel());
        if (!isFragment(bundle)) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
        return bundle;
    }

    static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
    }
}
