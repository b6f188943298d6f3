// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginId;
import java.util.List;

/** What an order to change the set of plugins came to. */
public sealed interface Change {
    /** The order is taken; the message says what happens now. */
    record Accepted(String message) implements Change {}

    /** There is no such plugin. */
    record Unknown(PluginId id, String message) implements Change {}

    /** The order is refused; the message names who stands against it and what to do. */
    record Refused(String message, List<PluginId> blockers) implements Change {}
}
