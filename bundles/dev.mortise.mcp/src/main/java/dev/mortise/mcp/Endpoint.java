// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.mcp.server.KernelMapper;
import dev.mortise.mcp.tool.ToolDesk;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The transport "streamable HTTP" of the Model Context Protocol (2025-11-25) over routes of the core: a request is answered
 * by one message as JSON, and a client that wants to hear of changes opens a stream for its session.
 */
final class Endpoint implements AutoCloseable {
    private final ToolDesk desk;
    private final Protocol protocol;
    private final Sessions sessions;
    private final Listeners listeners;
    private final Origins origins;
    private final Json json;
    private final KernelMapper mapper;
    private final AtomicInteger waiting = new AtomicInteger();

    Endpoint(ToolDesk desk, Protocol protocol, Sessions sessions, Listeners listeners, Origins origins, Json json) {
        this.desk = desk;
        this.protocol = protocol;
        this.sessions = sessions;
        this.listeners = listeners;
        this.origins = origins;
        this.json = json;
        this.mapper = new KernelMapper(json);
    }

    /** Takes one message of a client. */
    Response post(Request request) throws IOException {
        Caller caller = admitted(request);
        JSONRPCMessage message = message(request);
        if (message instanceof JSONRPCRequest asked && asked.method().equals(McpSchema.METHOD_INITIALIZE)) {
            return begin(caller, asked);
        }
        Session session = session(request, caller);
        session.used();
        if (message instanceof JSONRPCRequest asked) {
            return answer(session, asked, request);
        }
        if (message instanceof JSONRPCNotification notification && Protocol.hears(notification.method())) {
            session.protocol().accept(notification).block();
        }
        return Response.status(202);
    }

    /** Lets a client hear of changes. */
    Response get(Request request) {
        Session session = session(request, admitted(request));
        session.used();
        return listeners.open(session, desk);
    }

    /** Ends a session. */
    Response delete(Request request) {
        sessions.end(session(request, admitted(request)));
        return Response.status(204);
    }

    @Override
    public void close() {
        sessions.close();
    }

    private Caller admitted(Request request) {
        origins.check(request);
        Optional<String> version = request.headers().first(HttpHeaders.PROTOCOL_VERSION);
        if (version.isPresent() && !Protocol.speaks(version.get())) {
            throw bad("Version '%s' of the protocol is not spoken here.".formatted(version.get()));
        }
        return Caller.of(request);
    }

    private JSONRPCMessage message(Request request) throws IOException {
        try {
            JSONRPCMessage message =
                    McpSchema.deserializeJsonRpcMessage(mapper, request.body().text());
            boolean named =
                    !(message instanceof JSONRPCRequest asked) || (asked.id() != null && asked.method() != null);
            if (named) {
                return message;
            }
        } catch (IllegalArgumentException e) {
            throw bad("The body is no message of JSON-RPC 2.0: " + e.getMessage());
        }
        throw bad("A request of JSON-RPC 2.0 has an id and a method.");
    }

    private Response begin(Caller caller, JSONRPCRequest asked) {
        InitializeRequest wanted =
                mapper.convertValue(asked.params() == null ? Map.of() : asked.params(), InitializeRequest.class);
        // 122 bits of a secure source, which nobody guesses; and they are good for this caller alone
        Session session = new Session(caller, protocol.begin(UUID.randomUUID().toString(), wanted));
        sessions.add(session);
        return json(JSONRPCResponse.result(asked.id(), protocol.welcome(wanted)))
                .with(HttpHeaders.MCP_SESSION_ID, session.id());
    }

    /** Each holds a thread while it waits for plugins, and some are to be left for everybody else. */
    private Response answer(Session session, JSONRPCRequest asked, Request request) {
        if (waiting.incrementAndGet() > sessions.limits().requests()) {
            waiting.decrementAndGet();
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "%d requests wait for plugins, as many as may (requests.max in etc/mcp.properties). Come again."
                            .formatted(sessions.limits().requests()));
        }
        try {
            return answered(session, asked, request);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Response answered(Session session, JSONRPCRequest asked, Request request) {
        Reply reply = new Reply(json);
        session.protocol()
                .responseStream(reply)
                .handle(asked)
                .contextWrite(context -> context.put(
                        McpTransportContext.KEY,
                        McpTransportContext.create(Map.of(Protocol.CALL, Caller.call(request)))))
                .block();
        if (asked.method().equals(McpSchema.METHOD_TOOLS_LIST)) {
            session.knows(desk.mark(session.caller().tenant()));
        }
        return reply.message().map(this::json).orElseGet(() -> Response.status(202));
    }

    private Session session(Request request, Caller caller) {
        List<String> named = request.headers().all(HttpHeaders.MCP_SESSION_ID);
        if (named.size() != 1) {
            throw bad("One Mcp-Session-Id is needed, which the answer to 'initialize' has.");
        }
        return sessions.find(named.get(0), caller)
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NOT_FOUND, "There is no such session. Begin one with 'initialize'."));
    }

    private Response json(JSONRPCMessage message) {
        return json.ok(message).with("Cache-Control", "no-store");
    }

    private static MortiseException bad(String sentence) {
        return new MortiseException(ErrorCode.BAD_REQUEST, sentence);
    }
}
