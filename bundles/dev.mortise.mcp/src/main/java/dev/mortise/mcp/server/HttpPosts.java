// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Streamable HTTP as a client, over the calls of the container: its rules for addresses hold, and no redirect is followed.
 * Each message is one request, answered by JSON or by events up to the answer. While nobody asks, servers are heard that
 * promise to say when they have other tools.
 */
final class HttpPosts implements McpClientTransport, ToolsChanged {
    private static final String EVENTS = "text/event-stream";

    private final RemoteCalls calls;
    private final Peer peer;
    private final String target;
    private final Supplier<Optional<String>> credential;
    private final Duration patience;
    private final AnswerLimit longest;
    private final KernelMapper mapper;
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;
    private volatile Optional<String> session = Optional.empty();
    private volatile Optional<String> version = Optional.empty();
    private volatile Runnable changed = () -> {};
    private volatile boolean promises;
    // The monitor guards both.
    private @Nullable Ears ears;
    private boolean closed;

    /**
     * Prepares a connection.
     *
     * @param peer where the server is; closed with this
     * @param credential goes as a bearer token with each request
     * @param patience with one request
     * @param longest what an answer may be
     */
    HttpPosts(
            RemoteCalls calls,
            Peer peer,
            URI url,
            Supplier<Optional<String>> credential,
            Duration patience,
            AnswerLimit longest,
            KernelMapper mapper) {
        this.calls = calls;
        this.peer = peer;
        this.target = target(url);
        this.credential = credential;
        this.patience = patience;
        this.longest = longest;
        this.mapper = mapper;
    }

    private static String target(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(
                ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> receiving) {
        return Mono.fromRunnable(() -> handler = receiving);
    }

    /** Sends it on the thread that asks, which gets the answer too. */
    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            try {
                answered(message, send("POST", Body.of(mapper.writeValueAsBytes(message)), false));
                if (promises && isInitialized(message)) {
                    listen();
                }
            } catch (IOException e) {
                throw new ServerFault("Its answer broke off.", e);
            }
        });
    }

    @Override
    public void whenToolsChange(Runnable listener) {
        changed = listener;
    }

    private static boolean isInitialized(JSONRPCMessage message) {
        return message instanceof JSONRPCNotification said
                && McpSchema.METHOD_NOTIFICATION_INITIALIZED.equals(said.method());
    }

    private synchronized void listen() {
        if (ears == null && !closed) {
            ears = new Ears(() -> send("GET", Body.empty(), true), longest, this::heard).open();
        }
    }

    private void heard(String data) {
        try {
            take(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response send(String method, Body body, boolean streaming) {
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("Content-Type", List.of("application/json"));
        fields.put("Accept", List.of("application/json, " + EVENTS));
        session.ifPresent(id -> fields.put(HttpHeaders.MCP_SESSION_ID, List.of(id)));
        version.ifPresent(agreed -> fields.put(HttpHeaders.PROTOCOL_VERSION, List.of(agreed)));
        credential.get().ifPresent(token -> fields.put("Authorization", List.of("Bearer " + token)));
        try {
            return calls.send(
                    peer,
                    new Outgoing(
                            method,
                            target,
                            Headers.of(fields),
                            body,
                            System.nanoTime() + patience.toNanos(),
                            streaming));
        } catch (RemoteFault e) {
            throw new ServerFault(
                    e.kind() == RemoteFault.Kind.LATE ? "It did not answer in time." : "It can't be reached.", e);
        }
    }

    private void answered(JSONRPCMessage message, Response response) throws IOException {
        if (response.status() >= 300) {
            Unread.discard(response.body());
            throw refused(response.status());
        }
        response.headers().first(HttpHeaders.MCP_SESSION_ID).ifPresent(id -> session = Optional.of(id));
        String type = response.headers().first("Content-Type").orElse("");
        try (InputStream in = response.body().stream()) {
            if (type.startsWith(EVENTS)) {
                events(message, new EventReader(in, longest));
            } else if (message instanceof JSONRPCRequest) {
                byte[] bytes = in.readNBytes(longest.bytes() + 1);
                if (bytes.length > longest.bytes()) {
                    throw longest.fault();
                }
                take(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    private ServerFault refused(int status) {
        return new ServerFault(
                switch (status) {
                    case 401, 403 -> "It refuses the credential (" + status + ").";
                    case 404 -> "It knows no such session, or is not there (404).";
                    default ->
                        status < 400
                                ? "It leads elsewhere (" + status + "), and no redirect is followed."
                                : "It answered " + status + ".";
                });
    }

    /** Reads up to the answer: a stream may go on after it. */
    private void events(JSONRPCMessage message, EventReader events) throws IOException {
        Object id = message instanceof JSONRPCRequest asked ? asked.id() : null;
        for (Optional<String> data = events.next(); data.isPresent(); data = events.next()) {
            JSONRPCMessage said = take(data.get());
            if (said instanceof JSONRPCResponse answer
                    && String.valueOf(answer.id()).equals(String.valueOf(id))) {
                return;
            }
        }
    }

    private JSONRPCMessage take(String text) throws IOException {
        JSONRPCMessage said;
        try {
            said = McpSchema.deserializeJsonRpcMessage(mapper, text);
        } catch (RuntimeException e) {
            throw new ServerFault("It does not speak the protocol: " + e.getMessage(), e);
        }
        if (said instanceof JSONRPCResponse answer
                && answer.result() instanceof Map<?, ?> result
                && result.get("protocolVersion") instanceof String agreed) {
            version = Optional.of(agreed);
            promises = ToolsChanged.promised(result);
        }
        if (ToolsChanged.says(said)) {
            changed.run();
            return said;
        }
        handler.apply(Mono.just(said)).subscribe();
        return said;
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return mapper.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    /** Says goodbye where there is a session; whether the server hears it is its own matter. */
    @Override
    public void close() {
        deafen();
        try {
            if (session.isPresent()) {
                Unread.discard(send("DELETE", Body.empty(), false).body());
            }
        } catch (ServerFault | IllegalArgumentException nobodyHearsIt) {
            session = Optional.empty();
        } finally {
            peer.close();
        }
    }

    private synchronized void deafen() {
        closed = true;
        if (ears != null) {
            ears.close();
        }
    }
}
