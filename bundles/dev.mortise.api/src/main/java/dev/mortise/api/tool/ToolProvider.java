// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.tool;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Contributes tools, which clients of the Model Context Protocol find at {@code POST /mcp} as {@code <plugin>_<tool>}.
 * Plugins register it as a declarative service; whoever has other tools later registers it anew.
 */
@ConsumerType
@FunctionalInterface
public interface ToolProvider {
    /** Answers the tools; asked once each time the service appears, on a thread of the plugin. */
    List<Tool> tools();
}
