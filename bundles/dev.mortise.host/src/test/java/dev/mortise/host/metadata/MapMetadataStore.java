// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.metadata;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.port.MetadataStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metadata in memory. */
final class MapMetadataStore implements MetadataStore {
    private final Map<PluginId, PluginMetadata> all = new HashMap<>();
    private final Map<PluginId, String> copies = new HashMap<>();
    int puts;

    @Override
    public Map<PluginId, PluginMetadata> all() {
        return Map.copyOf(all);
    }

    @Override
    public Optional<String> copy(PluginId plugin) {
        return Optional.ofNullable(copies.get(plugin));
    }

    @Override
    public void put(List<Change> changes) {
        puts++;
        for (Change change : changes) {
            PluginMetadata now = change.now();
            change.copy().ifPresent(copy -> copies.put(change.plugin(), copy));
            Optional<Instant> at = change.copy().isPresent() ? Optional.of(Instant.EPOCH) : now.fetchedAt();
            all.put(change.plugin(), new PluginMetadata(now.version(), now.checksum(), now.state(), at, now.error()));
        }
    }
}
