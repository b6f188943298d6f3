// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.mcp.tool.ToolServers.Order;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A server that is spoken to by the SDK's client; used by several threads at once. */
final class Connection implements AutoCloseable {
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    private final McpSyncClient client;
    private final KernelMapper mapper;
    private volatile long usedNanos = System.nanoTime();

    /** Connects at the first use. */
    Connection(McpClientTransport transport, Duration patience, String version, KernelMapper mapper) {
        this.mapper = mapper;
        // what comes of a tool is judged by whoever asked for it
        this.client = McpClient.sync(transport)
                .requestTimeout(patience)
                .initializationTimeout(patience)
                .clientInfo(McpSchema.Implementation.builder("mortise", version).build())
                .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid(""))
                .build();
        if (transport instanceof StdioLines program) {
            program.whenGone(client::close);
        }
    }

    List<Map<String, Object>> list() {
        used();
        try {
            return client.listTools().tools().stream()
                    .map(tool -> mapper.convertValue(tool, OBJECT))
                    .collect(Collectors.toList());
        } catch (McpError e) {
            throw said(e);
        }
    }

    Map<String, Object> call(Order order) {
        used();
        Map<String, Object> arguments = mapper.convertValue(order.arguments(), OBJECT);
        try {
            return mapper.convertValue(
                    client.callTool(McpSchema.CallToolRequest.builder(order.tool())
                            .arguments(arguments)
                            .build()),
                    OBJECT);
        } catch (McpError e) {
            throw said(e);
        } finally {
            used();
        }
    }

    private static ServerFault said(McpError e) {
        return new ServerFault("It says: " + e.getJsonRpcError().message(), e);
    }

    private void used() {
        usedNanos = System.nanoTime();
    }

    long idleNanos() {
        return System.nanoTime() - usedNanos;
    }

    boolean idle(Duration most) {
        return idleNanos() > most.toNanos();
    }

    @Override
    public void close() {
        client.close();
    }
}
