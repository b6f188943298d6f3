// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.kernel.model.ServiceHealth;
import java.util.Optional;

/** Asks an instance that sends no heartbeats how it is. */
@FunctionalInterface
public interface HealthQuestion {
    /**
     * Asks; blocks until there is an answer, or it is known that there is none.
     *
     * @return nothing when it could not be asked, because of a bound of this process: that says nothing of the instance
     */
    Optional<Answer> ask(RemoteInstance instance);

    /**
     * How it is.
     *
     * @param reason the sentence for it where that is not well
     * @param alive whether it answered at all, be it badly
     */
    record Answer(ServiceHealth health, String reason, boolean alive) {}
}
