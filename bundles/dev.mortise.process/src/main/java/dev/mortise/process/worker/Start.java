// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerFleet.Surface;
import dev.mortise.process.worker.launch.Child;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A start that is under way; everybody who wants the process waits for the same one. */
final class Start {
    final CompletableFuture<Surface> result = new CompletableFuture<>();
    private volatile @Nullable Child child;
    private volatile int port;
    private volatile boolean cancelled;

    /** It has come so far that there is a process. */
    void has(Child started, int at) {
        child = started;
        port = at;
    }

    /** It shall come to nothing. */
    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    @Nullable
    Child child() {
        return child;
    }

    int port() {
        return port;
    }
}
