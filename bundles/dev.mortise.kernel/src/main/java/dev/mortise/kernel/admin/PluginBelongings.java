// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import java.util.Optional;

/**
 * What is kept of plugins, also of those that were removed. Implemented by the host. Throws {@code MortiseException}:
 * PLUGIN_NOT_FOUND when nothing is kept, CONFLICT with the sentence when an order can't be followed or is not confirmed,
 * SERVICE_UNAVAILABLE while the database is not there.
 */
public interface PluginBelongings {
    /** Says what is kept of a plugin. */
    Belongings of(PluginId plugin);

    /**
     * Removes all of it, in one transaction; refused while the plugin is here or others wait for it. There is no way back.
     *
     * @param confirmed the plugin's id, written out; anything else is refused, saying what goes
     */
    Belongings purge(PluginId plugin, Optional<String> confirmed);
}
