// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.Optional;
import java.util.function.Supplier;

/** Looks again and again as long as anything of a plugin moves; what does not stand when nothing moves any more never will. */
record Settling(Moves moves, RuntimeLimits limits, Supplier<Checkup> look) {
    /** Answers the look that decides: a good or bad one, or the last one that there was time for; none when given up. */
    Optional<Checkup> last() {
        String shape = "";
        long end = System.nanoTime() + limits.settle().toNanos();
        long latest = System.nanoTime() + limits.step().toNanos();
        while (!moves.givenUp()) {
            Checkup checkup = look.get();
            if (checkup instanceof Checkup.Good || checkup instanceof Checkup.Bad) {
                return Optional.of(checkup);
            }
            if (checkup instanceof Checkup.Pending pending && !pending.shape().equals(shape)) {
                shape = pending.shape();
                end = System.nanoTime() + limits.settle().toNanos();
            }
            long until = checkup instanceof Checkup.Unwell ? latest : Math.min(end, latest);
            if (System.nanoTime() - until >= 0) {
                return Optional.of(checkup);
            }
            moves.await(until);
        }
        return Optional.empty();
    }
}
