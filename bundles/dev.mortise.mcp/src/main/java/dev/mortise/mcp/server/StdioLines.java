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
import java.util.Optional;
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
    private final AnswerLimit longest;
    private final KernelMapper mapper;
    private final AtomicReference<@Nullable Program> program = new AtomicReference<>();
    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = message -> message;
    private volatile Runnable whenGone = () -> {};
    private volatile Runnable changed = () -> {};
    /** Why nothing more comes of it, once that is so. */
    private volatile @Nullable ServerFault over;

    // On the thread that reads.
    private int leftOut;

    /** Prepares a program; it is started by the first message. An answer of it is a line, which is no longer than so. */
    StdioLines(LinePrograms programs, LinePrograms.Order order, AnswerLimit longest, KernelMapper mapper) {
        this.programs = programs;
        this.order = order;
        this.longest = longest;
        this.mapper = mapper;
    }

    /** Runs this once the program is gone: nobody waits any longer for what it does not say. */
    void whenGone(Runnable listener) {
        whenGone = listener;
    }

    /** Answers why nothing more comes of it, if so. */
    Optional<ServerFault> over() {
        return Optional.ofNullable(over);
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
                if (over != null || !running().tell(mapper.writeValueAsString(message))) {
                    throw over().orElseGet(() -> new ServerFault("Its program takes nothing any more."));
                }
            } catch (IOException e) {
                throw new ServerFault("The message can't be written.", e);
            } catch (MortiseException e) {
                throw new ServerFault(String.valueOf(e.getMessage()), e);
            }
        });
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
            leaveOut();
            return;
        }
        if (ToolsChanged.says(message)) {
            changed.run();
        } else {
            handler.apply(Mono.just(message)).subscribe();
        }
    }

    /** It may write as many as it likes, so the first is told, and how many they were in the end. */
    private void leaveOut() {
        if (++leftOut == 1) {
            LOG.warn(
                    "plugin={} a line of its program is no message and is left out, as further ones are",
                    order.manifest().id());
        }
    }

    /** Nobody knows to which question it belonged, so none is answered. */
    @Override
    public void tooLong() {
        ends(longest.fault());
        close();
    }

    @Override
    public void gone(String last) {
        if (leftOut > 1) {
            LOG.warn(
                    "plugin={} {} lines of its program were left out",
                    order.manifest().id(),
                    leftOut);
        }
        ends(new ServerFault("Its program ended" + (last.isEmpty() ? "." : ": " + last)));
    }

    private void ends(ServerFault why) {
        if (over == null) {
            over = why;
            whenGone.run();
        }
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
