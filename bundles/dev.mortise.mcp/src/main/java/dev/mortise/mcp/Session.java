// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.util.List;
import java.util.function.Supplier;

/** One client at work: what it agreed on, whom it is for, and what it was told of the tools. */
final class Session {
    private final Caller caller;
    private final McpStreamableServerSession protocol;
    private volatile List<Long> told = List.of();
    private volatile long usedNanos = System.nanoTime();

    Session(Caller caller, McpStreamableServerSession protocol) {
        this.caller = caller;
        this.protocol = protocol;
    }

    String id() {
        return protocol.getId();
    }

    Caller caller() {
        return caller;
    }

    McpStreamableServerSession protocol() {
        return protocol;
    }

    void used() {
        usedNanos = System.nanoTime();
    }

    long idleNanos() {
        return System.nanoTime() - usedNanos;
    }

    /** Takes note of the tools that the client knows. */
    void knows(List<Long> mark) {
        told = mark;
    }

    /** Takes note of what there is when the client begins to listen, unless it has asked before. */
    void knowsAtLeast(Supplier<List<Long>> mark) {
        if (told.isEmpty()) {
            told = mark.get();
        }
    }

    /** Tells once that there are others than the client knows. */
    boolean outdated(List<Long> mark) {
        boolean other = !told.equals(mark);
        told = mark;
        return other;
    }

    /** Ends it, and with it the stream where the client listens. */
    void end() {
        protocol.close();
    }
}
