// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.kernel.model.PluginId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One tool as clients see it.
 *
 * @param name for clients
 * @param own what its plugin, or the server, calls it
 * @param server the id of the server in plugin.json that has it; nothing for the plugin's own
 * @param shown what clients are told of it, as JSON
 * @param permissions what a caller needs
 * @param arguments judges them
 */
record Offer(
        PluginId plugin,
        String name,
        String own,
        Optional<String> server,
        Map<String, Object> shown,
        Set<String> permissions,
        Arguments arguments) {}
