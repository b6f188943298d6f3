// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.model.PluginId;
import java.time.Instant;
import java.util.Optional;

/**
 * What plugins say of themselves, as it was last read. Implemented by the host. Throws {@code MortiseException}:
 * PLUGIN_NOT_FOUND when nothing is known of the plugin, SERVICE_UNAVAILABLE while the database can't be reached.
 */
public interface Metadata {
    /** Answers the copy and how it stands. */
    Copy find(PluginId plugin);

    /** Reads it again. Throws also PLUGIN_NOT_READY when the plugin does not run. */
    Copy refresh(PluginId plugin);

    /**
     * A copy.
     *
     * @param version of the jar that the plugin has now
     * @param sha256 of that jar
     * @param state missing, fresh, stale or error
     * @param metadata {@code plugin.json}, routes, tools and protocol
     */
    record Copy(
            String id,
            String version,
            String sha256,
            String state,
            Optional<Instant> fetchedAt,
            Optional<String> error,
            Optional<JsonText> metadata) {}
}
