// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/**
 * Who logs. Holds names and no bundle, so a logger that outlives its plugin keeps nothing of it alive.
 *
 * @param name the symbolic name of the bundle
 * @param plugin the id of the plugin, when the bundle is one
 */
record LogOwner(String name, Optional<String> plugin) {
    /** Where the host installs plugins: {@code mortise:<id>:<sha256>}. */
    private static final Pattern LOCATION = Pattern.compile("mortise:([^:]+):.+");

    static LogOwner of(Bundle bundle) {
        String name = bundle.getSymbolicName();
        return new LogOwner(name == null ? bundle.getLocation() : name, plugin(bundle.getLocation()));
    }

    private static Optional<String> plugin(String location) {
        Matcher matcher = LOCATION.matcher(location);
        return matcher.matches() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }
}
