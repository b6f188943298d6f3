// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what plugins say of themselves. Implemented by the data bundle, used by the host. Everything but {@link #all} throws
 * {@code MortiseException}: SERVICE_UNAVAILABLE while the database can't be reached.
 */
public interface MetadataStore {
    /** Answers what is known of all plugins that ever were here; what another node wrote is known some seconds later. */
    Map<PluginId, PluginMetadata> all();

    /** Answers the copy, as JSON, if there is one. */
    Optional<String> copy(PluginId plugin);

    /** Keeps changes, all or none; {@link #all} answers them when the method returns. */
    void put(List<Change> changes);

    /**
     * A change.
     *
     * @param now what is known from now on; a copy that comes with it is fetched now, whatever this says
     * @param copy the new copy as JSON; without one the old one stays
     */
    record Change(PluginId plugin, PluginMetadata now, Optional<String> copy) {}
}
