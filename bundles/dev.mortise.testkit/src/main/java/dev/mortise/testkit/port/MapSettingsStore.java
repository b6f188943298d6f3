// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Settings in memory. */
public final class MapSettingsStore implements SettingsStore {
    static final Comparator<Place> ORDER = Comparator.comparing(
                    (Place place) -> place.tenant().value())
            .thenComparing(place -> place.plugin().value());

    private final Map<Place, Settings> places = new ConcurrentSkipListMap<>(ORDER);
    private final Map<Place, Boolean> enabled = new ConcurrentSkipListMap<>(ORDER);

    @Override
    public Settings find(TenantId tenant, PluginId plugin) {
        return read(new Place(tenant, plugin));
    }

    @Override
    public void put(TenantId tenant, PluginId plugin, Settings settings, boolean nowEnabled) {
        places.put(new Place(tenant, plugin), settings);
        enabled.putIfAbsent(new Place(tenant, plugin), nowEnabled);
    }

    @Override
    public List<Place> places(Optional<Place> after, int limit) {
        return places.keySet().stream()
                .filter(place -> after.isEmpty() || ORDER.compare(place, after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public boolean replace(Place place, Settings found, Settings sealedAnew) {
        return places.replace(place, found, sealedAnew);
    }

    @Override
    public Settings read(Place place) {
        return places.getOrDefault(place, Settings.NONE);
    }

    /** Answers the {@code enabled} that the first put came with. */
    public Optional<Boolean> enabled(TenantId tenant, PluginId plugin) {
        return Optional.ofNullable(enabled.get(new Place(tenant, plugin)));
    }
}
