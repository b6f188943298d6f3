// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.port.Routing;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers the tools of a plugin version, in one place, so that others have another number; numbers are used once. */
final class ToolStamp {
    private static final AtomicLong NUMBERS = new AtomicLong();

    // The monitor guards both.
    private Routing.Tools last = Routing.Tools.NONE;
    private long number = NUMBERS.incrementAndGet();

    /** Answers the number of these tools. */
    synchronized long of(Routing.Tools tools) {
        if (!tools.equals(last)) {
            last = tools;
            number = NUMBERS.incrementAndGet();
        }
        return number;
    }
}
