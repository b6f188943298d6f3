// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeDeclaration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Judges where a plugin wants to run: this container runs plugins as bundles and in processes of their own, and only as a
 * bundle a plugin can judge callers. A program needs nothing of a bundle, but a folder that it is started in.
 */
final class LocationRules {
    private static final String BUNDLE = RuntimeDeclaration.BUNDLE;
    private static final String WORKER = RuntimeDeclaration.WORKER;
    private static final String PROGRAM = "worker/";
    private static final Set<String> ONLY_HERE =
            Set.of("dev.mortise.api.auth.Authenticator", "dev.mortise.api.auth.Authorizer");

    private LocationRules() {}

    static List<String> violations(PluginManifest manifest, BundleHeaders headers, Collection<String> entries) {
        List<String> found = new ArrayList<>();
        Set<String> locations = manifest.locations();
        List<String> listed = locations.stream().sorted().toList();
        if (!locations.contains(BUNDLE) && !locations.contains(WORKER)) {
            found.add(
                    "plugin.json lists the locations " + listed + ", and a container runs plugins as 'bundle' or"
                            + " 'worker'; one that is remote only is started elsewhere with 'mortise worker' and announces itself");
        }
        boolean judges = headers.promisedServices().stream().anyMatch(ONLY_HERE::contains);
        if (judges && !locations.equals(Set.of(BUNDLE))) {
            found.add("it has an Authenticator or Authorizer, which runs in the container only, and plugin.json lists"
                    + " the locations " + listed);
        }
        if (isProgram(manifest)) {
            program(manifest, headers, entries, found);
        }
        return found;
    }

    /** Tells whether a plugin runs as a program, of which the framework knows nothing. */
    static boolean isProgram(PluginManifest manifest) {
        return !manifest.runtime().command().isEmpty();
    }

    private static void program(
            PluginManifest manifest, BundleHeaders headers, Collection<String> entries, List<String> found) {
        if (manifest.locations().contains(BUNDLE) && !headers.bundle()) {
            found.add(
                    "plugin.json lists the location 'bundle', and the jar is no bundle: it has no Bundle-SymbolicName");
        }
        boolean hasFolder =
                entries.stream().anyMatch(entry -> entry.startsWith(PROGRAM) && entry.length() > PROGRAM.length());
        if (manifest.locations().contains(WORKER) && !hasFolder) {
            found.add("plugin.json has a runtime.command, and nothing lies below " + PROGRAM
                    + ", the folder that the program is started in");
        }
    }
}
