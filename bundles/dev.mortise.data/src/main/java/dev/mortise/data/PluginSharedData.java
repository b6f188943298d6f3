// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.json.Json;
import dev.mortise.api.shared.SharedData;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.shared.TenantSharedData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives each plugin version the shared data of the call's tenant. */
@Component(property = "mortise.platform=shared-data")
public final class PluginSharedData implements PluginServices {
    private final SharedDataStore store;
    private final SharedDataParts parts;
    private final JsonFactory mappers;

    /** Works on what was put together. */
    @Activate
    public PluginSharedData(@Reference SharedDataParts parts, @Reference JsonFactory mappers) {
        this.parts = parts;
        this.store = new MeteredSharedData(parts.store(), parts.meters());
        this.mappers = mappers;
    }

    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        String plugin = scope.manifest().id().value();
        SharedReaders.Declared declared = parts.readers().begin(scope.manifest());
        parts.recordReaders();
        ListenerLane lane = new ListenerLane(scope.manifest().identity().toString(), parts.listeners());
        Mapper mapper = new Mapper(mappers);
        SharedData data = new TenantSharedData(plugin, store, mapper::get, lane);
        return List.of(new Offer<>(SharedData.class, data, Map.of(), () -> {
            lane.close();
            mapper.close();
            if (parts.readers().end(declared)) {
                parts.meters().forget(plugin);
            }
            parts.recordReaders();
        }));
    }

    /** The mapper of one plugin version, made for the first value and let go with the version: it knows its classes. */
    private static final class Mapper {
        private final JsonFactory mappers;
        private final AtomicReference<@Nullable Json> json = new AtomicReference<>();

        Mapper(JsonFactory mappers) {
            this.mappers = mappers;
        }

        Json get() {
            Json known = json.get();
            if (known == null) {
                known = mappers.lenient();
                json.set(known);
            }
            return known;
        }

        void close() {
            json.set(null);
        }
    }
}
