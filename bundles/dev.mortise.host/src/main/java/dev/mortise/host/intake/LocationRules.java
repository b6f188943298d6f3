// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.kernel.model.PluginManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges where a plugin wants to run: here it can run as a bundle, and only there it can judge callers. */
final class LocationRules {
    private static final String BUNDLE = "bundle";
    private static final Set<String> ONLY_HERE =
            Set.of("dev.mortise.api.auth.Authenticator", "dev.mortise.api.auth.Authorizer");

    private LocationRules() {}

    static List<String> violations(PluginManifest manifest, BundleHeaders headers) {
        List<String> found = new ArrayList<>();
        Set<String> locations = manifest.locations();
        if (!locations.contains(BUNDLE)) {
            found.add("plugin.json lists the locations "
                    + locations.stream().sorted().toList() + ", and this Mortise runs plugins as 'bundle' only");
        }
        boolean judges = headers.promisedServices().stream().anyMatch(ONLY_HERE::contains);
        if (judges && !locations.equals(Set.of(BUNDLE))) {
            found.add("it has an Authenticator or Authorizer, which runs in the container only, and plugin.json lists"
                    + " the locations " + locations.stream().sorted().toList());
        }
        return found;
    }
}
