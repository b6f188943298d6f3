// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Handler;
import dev.mortise.kernel.model.PluginId;
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

    /** Answers a handler of a route that sends nothing to a process which is its own. */
    public static Handler guarded(PluginId plugin, Handler forwarding) {
        return request -> {
            if (own(request.path())) {
                throw new MortiseException(
                        ErrorCode.ROUTE_NOT_FOUND,
                        "Plugin '%s' has no route %s: its process answers that to the container alone."
                                .formatted(plugin, request.path()));
            }
            return forwarding.handle(request);
        };
    }
}
