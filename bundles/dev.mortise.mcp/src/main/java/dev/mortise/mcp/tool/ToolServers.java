// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginTools.Source;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The servers that plugins name in plugin.json below {@code mcp}, as clients of theirs see them. */
public interface ToolServers extends AutoCloseable {
    /** Nobody speaks to servers. */
    ToolServers NONE = new ToolServers() {
        @Override
        public List<String> of(Source plugin) {
            return List.of();
        }

        @Override
        public CompletionStage<List<Map<String, Object>>> list(TenantId tenant, Source plugin, String server) {
            throw new IllegalStateException("There are no servers.");
        }

        @Override
        public CompletionStage<Map<String, Object>> call(TenantId tenant, Source plugin, Order order) {
            throw new IllegalStateException("There are no servers.");
        }

        @Override
        public void close() {
            // there is nothing
        }
    };

    /** Answers the ids of a plugin's servers. */
    List<String> of(Source plugin);

    /** Answers the tools of a server as JSON; fails with a sentence as message. */
    CompletionStage<List<Map<String, Object>>> list(TenantId tenant, Source plugin, String server);

    /** Calls a tool; answers a CallToolResult as JSON, fails with a sentence as message. */
    CompletionStage<Map<String, Object>> call(TenantId tenant, Source plugin, Order order);

    /** Tells a listener when a server says that it has other tools: of which tenant, and of which plugin it is. */
    default void whenChanged(BiConsumer<TenantId, PluginId> listener) {
        // nobody says anything
    }

    /** What is to be called. */
    record Order(String server, String tool, Map<?, ?> arguments) {}

    /** Ends all connections and processes. */
    @Override
    void close();
}
