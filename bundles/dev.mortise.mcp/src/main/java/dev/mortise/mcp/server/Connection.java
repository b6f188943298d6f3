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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A server that is spoken to by the SDK's client, from several threads at once; open for as long as one of them uses it. */
final class Connection implements AutoCloseable {
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};

    private final McpSyncClient client;
    private final KernelMapper mapper;
    private final Duration patience;
    private final Supplier<Optional<ServerFault>> ended;
    private volatile long usedNanos = System.nanoTime();
    // The monitor guards these.
    private int users;
    private boolean over;

    /** Connects at the first use. */
    Connection(McpClientTransport transport, Duration patience, String version, KernelMapper mapper) {
        this.mapper = mapper;
        this.patience = patience;
        // what comes of a tool is judged by whoever asked for it
        this.client = McpClient.sync(transport)
                .requestTimeout(patience)
                .initializationTimeout(patience)
                .clientInfo(McpSchema.Implementation.builder("mortise", version).build())
                .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid(""))
                .build();
        if (transport instanceof StdioLines program) {
            program.whenGone(client::close);
            ended = program::over;
        } else {
            ended = Optional::empty;
        }
    }

    /** Begins a use; {@link #leave} ends it. */
    synchronized void enter() {
        users++;
        used();
    }

    void leave() {
        boolean last;
        synchronized (this) {
            users--;
            used();
            last = over && users == 0;
        }
        if (last) {
            close();
        }
    }

    /** Tells whether nothing more comes of it: whoever asks next needs another one. */
    boolean ended() {
        return ended.get().isPresent();
    }

    synchronized boolean inUse() {
        return users > 0;
    }

    /** Closes it once nobody uses it: what others have asked of it meanwhile is answered. */
    void retire() {
        boolean unused;
        synchronized (this) {
            unused = !over && users == 0;
            over = true;
        }
        if (unused) {
            close();
        }
    }

    /**
     * Answers its tools, page by page until they are more than are offered: a server may have pages without end.
     *
     * @param most how many are offered
     */
    List<Map<String, Object>> list(int most, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        List<Map<String, Object>> tools = new ArrayList<>();
        try {
            String next = McpSchema.FIRST_PAGE;
            do {
                McpSchema.ListToolsResult page = client.listTools(next);
                page.tools().forEach(tool -> tools.add(mapper.convertValue(tool, OBJECT)));
                next = page.nextCursor();
            } while (next != null && tools.size() <= most && System.nanoTime() - end < 0);
            return tools;
        } catch (RuntimeException e) {
            throw fault(e);
        }
    }

    Map<String, Object> call(Order order) {
        Map<String, Object> arguments = mapper.convertValue(order.arguments(), OBJECT);
        try {
            return mapper.convertValue(
                    client.callTool(McpSchema.CallToolRequest.builder(order.tool())
                            .arguments(arguments)
                            .build()),
                    OBJECT);
        } catch (RuntimeException e) {
            throw fault(e);
        }
    }

    /** Says it in words of this house: the SDK's are about its own streams. */
    private RuntimeException fault(RuntimeException e) {
        if (e instanceof McpError said) {
            return ServerFault.said("It says: " + said.getJsonRpcError().message(), said);
        }
        Optional<ServerFault> over = ended.get();
        if (over.isPresent()) {
            return over.get();
        }
        return isLate(e) ? new ServerFault("It did not answer within %d s.".formatted(patience.toSeconds()), e) : e;
    }

    private static boolean isLate(Throwable fault) {
        return fault instanceof TimeoutException || (fault.getCause() != null && isLate(fault.getCause()));
    }

    private void used() {
        usedNanos = System.nanoTime();
    }

    long idleNanos() {
        return System.nanoTime() - usedNanos;
    }

    boolean idle(Duration most) {
        return !inUse() && idleNanos() > most.toNanos();
    }

    @Override
    public void close() {
        client.close();
    }
}
