// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a process was handed over, until it is given back. */
final class Given {
    private final Supplies supplies;
    private final Optional<String> tenant;

    // The monitor guards this.
    private @Nullable Handover held;

    private Given(Supplies supplies, Optional<String> tenant, Handover held) {
        this.supplies = supplies;
        this.tenant = tenant;
        this.held = held;
    }

    /** Asks for it; throws what the supplies throw. */
    static Given by(Supplies supplies, Optional<String> tenant) {
        return new Given(supplies, tenant, supplies.handover(tenant));
    }

    synchronized Optional<Handover> now() {
        return Optional.ofNullable(held);
    }

    /** Takes something new in its place, if the process takes it; answers whether it did. */
    boolean renew(Predicate<Handover> tell) {
        Handover next = supplies.handover(tenant);
        boolean told = now().isPresent() && tell.test(next);
        supplies.release(told ? replace(next) : next);
        return told;
    }

    /** Answers what is to be given back: what it had, or the new one if it was all given back meanwhile. */
    private synchronized Handover replace(Handover next) {
        Handover before = held;
        if (before == null) {
            return next;
        }
        held = next;
        return before;
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
