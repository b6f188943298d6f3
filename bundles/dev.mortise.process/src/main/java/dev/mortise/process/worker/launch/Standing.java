// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import dev.mortise.process.worker.user.UserRange;
import java.util.Optional;

/** As whom processes of plugins run, as far as that is known. */
public sealed interface Standing {
    /** No process was started yet that would tell. */
    record Open() implements Standing {}

    /**
     * As the container's user.
     *
     * @param warning why not as others, where that would be better
     */
    record Own(Optional<String> warning) implements Standing {}

    /** Each as a user of its own. */
    record Numbers(UserRange range) implements Standing {}

    /** Not at all, and why. */
    record Refused(String sentence) implements Standing {}
}
