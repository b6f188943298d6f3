// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.json.Json;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The answer to one request, which is one message: it goes as JSON, not as events. */
final class Reply implements McpStreamableServerTransport {
    private final Json json;
    private final AtomicReference<@Nullable JSONRPCMessage> message = new AtomicReference<>();

    Reply(Json json) {
        this.json = json;
    }

    Optional<JSONRPCMessage> message() {
        return Optional.ofNullable(message.get());
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage answer) {
        return Mono.fromRunnable(() -> message.set(answer));
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage answer, String eventId) {
        return sendMessage(answer);
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return unmarshal(json, data, type);
    }

    static <T> T unmarshal(Json json, Object data, TypeRef<T> type) {
        try {
            return json.read(json.write(data), type.getType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }
}
