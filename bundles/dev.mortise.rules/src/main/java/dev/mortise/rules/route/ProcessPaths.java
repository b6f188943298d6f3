// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import java.util.Set;

/**
 * The paths by which the container speaks to a process of a plugin itself. A plugin that may run elsewhere than in the
 * container has no route there, and no call of a client is sent there, whatever route it matches: it could end the process.
 */
public final class ProcessPaths {
    private static final Set<String> OWN =
            Set.of("/health", "/metadata", "/validate-auth", "/config-update", "/disable", "/mcp");
    private static final String TOOLS = "/mcp/";

    private ProcessPaths() {}

    /** Tells whether a path, canonical and relative to the plugin, or a template of one, is the process's own. */
    public static boolean own(String path) {
        return OWN.contains(path) || path.startsWith(TOOLS);
    }
}
