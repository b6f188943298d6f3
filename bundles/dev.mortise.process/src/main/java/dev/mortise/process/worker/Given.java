// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a process was handed over, until it is given back. */
final class Given {
    private final Supplies supplies;

    // The monitor guards this.
    private @Nullable Handover held;

    private Given(Supplies supplies, Handover held) {
        this.supplies = supplies;
        this.held = held;
    }

    /** Asks for it; throws what the supplies throw. */
    static Given by(Supplies supplies, Optional<String> tenant) {
        return new Given(supplies, supplies.handover(tenant));
    }

    synchronized Optional<Handover> now() {
        return Optional.ofNullable(held);
    }

    /** Gives it back. Once more does nothing. */
    void release() {
        Handover last;
        synchronized (this) {
            last = held;
            held = null;
        }
        if (last != null) {
            supplies.release(last);
        }
    }
}
