// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginState;
import java.util.List;

/** Who depends on whom. */
public record PluginGraph(List<Node> nodes, List<Edge> edges) {
    /** One plugin. */
    public record Node(String id, String version, PluginState state) {}

    /** One declared dependency. */
    public record Edge(String from, String to, String serviceName, String range, boolean required, boolean satisfied) {}
}
