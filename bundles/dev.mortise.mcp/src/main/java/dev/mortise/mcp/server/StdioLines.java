// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.LinePrograms;
import dev.mortise.kernel.port.LinePrograms.Program;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A program as a server: one message a line, over its standard input and output (specification of 2025-11-25, stdio). */
final class StdioLines implements McpClientTransport, LinePrograms.Listener, ToolsChanged {
    private static final Logger LOG = LoggerFactory.getLogger(StdioLines.class);

    private final LinePrograms programs;
    private final LinePrograms.Order order;
    private final KernelMapper mapper;
    private final AtomicReference<@Nullable Program> program = new AtomicReference<>();
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;
    private volatile Runnable whenGone = () -> {};
    private volatile Runnable changed = () -> {};
    private volatile @Nullable String words;

    /** Prepares a program; it is started by the first message. */
    StdioLines(LinePrograms programs, LinePrograms.Order order, KernelMapper mapper) {
        this.programs = programs;
        this.order = order;
        this.mapper = mapper;
    }

    /** Runs this once the program is gone: nobody waits any longer for what it does not say. */
    void whenGone(Runnable listener) {
        whenGone = listener;
    }

    @Override
    public void whenToolsChange(Runnable listener) {
        changed = listener;
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(
                ProtocolVersions.MCP_2024_11_05,
                ProtocolVersions.MCP_2025_03_26,
                ProtocolVersions.MCP_2025_06_18,
                ProtocolVersions.MCP_2025_11_25);
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> receiving) {
        return Mono.fromRunnable(() -> handler = receiving);
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            try {
                if (words != null || !running().tell(mapper.writeValueAsString(message))) {
                    throw ended();
                }
            } catch (IOException e) {
                throw new ServerFault("The message can't be written.", e);
            } catch (MortiseException e) {
                throw new ServerFault(String.valueOf(e.getMessage()), e);
            }
        });
    }

    private ServerFault ended() {
        String last = words;
        return new ServerFault("Its program ended" + (last == null || last.isEmpty() ? "." : ": " + last));
    }

    private synchronized Program running() {
        Program known = program.get();
        if (known == null) {
            known = programs.start(order, this);
            program.set(known);
        }
        return known;
    }

    @Override
    public void line(String text) {
        if (text.isBlank()) {
            return;
        }
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(mapper, text);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "plugin={} a line of its program is no message and is left out",
                    order.manifest().id());
            return;
        }
        if (ToolsChanged.says(message)) {
            changed.run();
        } else {
            handler.apply(Mono.just(message)).subscribe();
        }
    }

    @Override
    public void gone(String last) {
        words = last;
        whenGone.run();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return mapper.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public void close() {
        Program known = program.get();
        if (known != null) {
            known.close();
        }
    }
}
