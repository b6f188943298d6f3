// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.Call;
import dev.mortise.mcp.tool.Answer;
import dev.mortise.mcp.tool.ToolDesk;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpNotificationHandler;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What is said in a session of the Model Context Protocol: tools alone, and that there are others. */
final class Protocol {
    /** Under which a request's call is found again. */
    static final String CALL = "mortise.call";

    /** A server's own code (JSON-RPC 2.0, section 5.1): the caller may not do it. */
    private static final int DENIED = -32_001;

    private static final Logger LOG = LoggerFactory.getLogger(Protocol.class);
    /** The versions that have this transport, the newest first. */
    private static final List<String> VERSIONS =
            List.of(ProtocolVersions.MCP_2025_11_25, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_03_26);

    private static final Set<String> NOTIFICATIONS = Set.of(
            McpSchema.METHOD_NOTIFICATION_INITIALIZED,
            McpSchema.METHOD_NOTIFICATION_ROOTS_LIST_CHANGED,
            McpSchema.METHOD_NOTIFICATION_PROGRESS,
            "notifications/cancelled");

    private final ToolDesk desk;
    private final String version;

    Protocol(ToolDesk desk, String version) {
        this.desk = desk;
        this.version = version;
    }

    /** Tells whether a version can be spoken here. */
    static boolean speaks(String protocolVersion) {
        return VERSIONS.contains(protocolVersion);
    }

    /** Tells whether a notification says something to anybody; nothing need be done for any of them. */
    static boolean hears(String method) {
        return NOTIFICATIONS.contains(method);
    }

    /** Begins what a client asked for. */
    McpStreamableServerSession begin(String id, InitializeRequest asked) {
        Map<String, McpRequestHandler<?>> requests = Map.of(
                McpSchema.METHOD_PING, (exchange, params) -> Mono.just(Map.of()),
                McpSchema.METHOD_TOOLS_LIST, (exchange, params) -> Mono.fromCallable(() -> list(call(exchange))),
                McpSchema.METHOD_TOOLS_CALL,
                        (exchange, params) -> Mono.fromCallable(() -> call(call(exchange), params)));
        Map<String, McpNotificationHandler> notifications = NOTIFICATIONS.stream()
                .collect(java.util.stream.Collectors.toMap(
                        method -> method, method -> (exchange, params) -> Mono.empty()));
        return new McpStreamableServerSession(
                id, asked.capabilities(), asked.clientInfo(), Duration.ofSeconds(1), requests, notifications);
    }

    /** Answers what is agreed on: the client's version where it is spoken here, else the newest. */
    InitializeResult welcome(InitializeRequest asked) {
        String spoken = speaks(asked.protocolVersion()) ? asked.protocolVersion() : VERSIONS.get(0);
        return InitializeResult.builder(
                        spoken,
                        new McpSchema.ServerCapabilities.Builder().tools(true).build(),
                        McpSchema.Implementation.builder("mortise", version).build())
                .instructions("Each tool is named <plugin>_<tool>. What is listed is what you may call.")
                .build();
    }

    private static Call call(McpAsyncServerExchange exchange) {
        McpTransportContext context = exchange.transportContext();
        return (Call) context.get(CALL);
    }

    private Map<String, Object> list(Call call) {
        try {
            return Map.of("tools", desk.list(call));
        } catch (RuntimeException e) {
            throw fault(e, call);
        }
    }

    private Map<?, ?> call(Call call, Object params) {
        Map<?, ?> asked = params instanceof Map<?, ?> map ? map : Map.of();
        Object arguments = asked.get("arguments");
        if (!(asked.get("name") instanceof String name) || !(arguments == null || arguments instanceof Map<?, ?>)) {
            throw error(ErrorCodes.INVALID_PARAMS, "tools/call takes a 'name' and 'arguments', which are an object.");
        }
        Answer answer;
        try {
            answer = desk.call(call, name, arguments instanceof Map<?, ?> given ? given : Map.of());
        } catch (RuntimeException e) {
            throw fault(e, call);
        }
        if (answer instanceof Answer.Result result) {
            return result.content();
        }
        throw answer instanceof Answer.Denied denied
                ? error(DENIED, denied.sentence(), Map.of("code", ErrorCode.PERMISSION_DENIED.name()))
                : error(ErrorCodes.INVALID_PARAMS, "Unknown tool: " + name);
    }

    private static McpError fault(RuntimeException fault, Call call) {
        if (fault instanceof MortiseException refused && refused.code() != ErrorCode.INTERNAL) {
            return error(
                    ErrorCodes.INTERNAL_ERROR,
                    String.valueOf(fault.getMessage()),
                    Map.of("code", refused.code().name()));
        }
        LOG.error("Request {} for tools failed", call.requestId(), fault);
        return error(
                ErrorCodes.INTERNAL_ERROR, "Something failed. The log has it under request " + call.requestId() + ".");
    }

    private static McpError error(int code, String message) {
        return McpError.builder(code).message(message).build();
    }

    private static McpError error(int code, String message, Map<String, Object> data) {
        return McpError.builder(code).message(message).data(data).build();
    }
}
