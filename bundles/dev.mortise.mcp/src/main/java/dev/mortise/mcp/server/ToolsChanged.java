// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import java.util.Map;

/**
 * What a server says when it has other tools than before. The SDK would ask for them at once, whether anybody wants them or
 * not.
 */
interface ToolsChanged {
    /** Whoever hears of it. */
    void whenToolsChange(Runnable listener);

    /** Tells whether a message says so. */
    static boolean says(JSONRPCMessage message) {
        return message instanceof JSONRPCNotification notification
                && McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED.equals(notification.method());
    }

    /** Tells whether a server promises to say so, by its answer to 'initialize'. */
    static boolean promised(Map<?, ?> welcome) {
        return welcome.get("capabilities") instanceof Map<?, ?> capabilities
                && capabilities.get("tools") instanceof Map<?, ?> tools
                && Boolean.TRUE.equals(tools.get("listChanged"));
    }
}
