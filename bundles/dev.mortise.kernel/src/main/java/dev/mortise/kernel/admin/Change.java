// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginId;
import java.util.List;

/** What an order to change the set of plugins came to. */
public sealed interface Change {
    /**
     * The order is recorded and survives whatever happens; the message says what happens now.
     *
     * @param deployment the id of the deployment that carries it out
     */
    record Accepted(String deployment, String message) implements Change {}

    /** There is no such plugin. */
    record Unknown(PluginId id, String message) implements Change {}

    /**
     * The order is refused; the message names who stands against it and what to do.
     *
     * @param blockers plugins that stand against it
     * @param problems why the plan refuses it
     * @param generation the generation of the desired state at which it was refused
     */
    record Refused(String message, List<PluginId> blockers, List<Why.Item> problems, long generation)
            implements Change {
        public Refused {
            blockers = List.copyOf(blockers);
            problems = List.copyOf(problems);
        }
    }

    /** What was sent is no plugin that Mortise takes. */
    record NotTaken(String message, List<Why.Item> problems) implements Change {
        public NotTaken {
            problems = List.copyOf(problems);
        }
    }

    /** Nobody can record the order now: Mortise starts or stops, or the database is away. */
    record Unavailable(String message) implements Change {}
}
