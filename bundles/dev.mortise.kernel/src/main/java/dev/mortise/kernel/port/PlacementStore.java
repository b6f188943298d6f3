// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginId;
import java.util.Map;

/**
 * Keeps where operators moved plugins: part of what is desired, for all versions of a plugin. Implemented by the data bundle,
 * used by the host.
 */
public interface PlacementStore {
    /** Answers the locations that were decided, by plugin; from memory. */
    Map<PluginId, String> decided();

    /**
     * Keeps where a plugin is to run from now on. Blocks, and throws {@code MortiseException} SERVICE_UNAVAILABLE while the
     * database can't be reached.
     *
     * @param location bundle or worker
     */
    void decide(PluginId plugin, String location);
}
