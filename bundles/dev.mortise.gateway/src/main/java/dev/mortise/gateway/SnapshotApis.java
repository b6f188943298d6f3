// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Route;
import dev.mortise.gateway.openapi.PluginApi;
import dev.mortise.gateway.openapi.ServedRoute;
import dev.mortise.gateway.openapi.ShippedDocument;
import dev.mortise.gateway.openapi.ShippedDocument.Finding;
import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.ApiDocumentReader;
import dev.mortise.kernel.port.PluginFiles;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes what the snapshot leads to, when somebody asks and never on the way of a call. Each plugin version is described
 * once. Nothing here keeps a snapshot, and with it the code of a plugin, after its time.
 */
final class SnapshotApis implements PluginApis {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotApis.class);

    private final Supplier<RoutingSnapshot> snapshots;
    private final ShippedDocument shipped;
    private final Installed installed;

    // The monitor guards what follows. The key is what is the same as long as the same code goes on serving.
    private final Map<Traffic, Described> known = new WeakHashMap<>();
    private WeakReference<RoutingSnapshot> last = new WeakReference<>(null);
    private List<PluginApi> parts = List.of();
    private Apis apis = new Apis(0, List.of(), Map.of(), Map.of());

    SnapshotApis(Supplier<RoutingSnapshot> snapshots, ApiDocumentReader reader, Installed installed) {
        this.snapshots = snapshots;
        this.installed = installed;
        this.shipped = new ShippedDocument(reader);
    }

    private record Described(List<ServedRoute> routes, PluginApi api) {}

    @Override
    public synchronized Apis serving(Optional<TenantId> tenant) {
        Apis all = serving();
        return tenant.map(one -> of(one, all)).orElse(all);
    }

    private Apis of(TenantId tenant, Apis all) {
        List<PluginApi> own = parts.stream()
                .filter(part -> installed.has(tenant, part.plugin()))
                .toList();
        return own.size() == parts.size() ? all : merged(0, own);
    }

    private Apis serving() {
        RoutingSnapshot now = snapshots.get();
        if (last.get() != now) {
            List<PluginApi> current = current(now);
            if (!current.equals(parts)) {
                parts = current;
                apis = merged(apis.revision() + 1, current);
            }
            last = new WeakReference<>(now);
        }
        return apis;
    }

    @Override
    public List<String> warnings(PluginManifest plugin, PluginFiles files, List<Route> routes) {
        Finding finding = shipped.find(plugin.id(), files);
        if (finding.file().isEmpty()) {
            return List.of();
        }
        List<ServedRoute> served = routes.stream()
                .map(route -> ServedRoute.of(plugin, route.method(), PathTemplate.parse(route.path()), Set.of(), false))
                .toList();
        List<String> warnings = PluginApi.of(plugin, Areas.PLUGINS + plugin.id(), served, finding)
                .warnings();
        warnings.forEach(warning -> LOG.warn("plugin={} {}", plugin.id(), warning));
        return warnings;
    }

    private List<PluginApi> current(RoutingSnapshot snapshot) {
        Map<String, PluginApi> sorted = new TreeMap<>();
        snapshot.plugins().forEach((id, versions) -> {
            // Clients reach the face of a plugin alone, whatever stands beside it.
            PluginMount face = versions.get(0).plugin();
            if (face.serves()) {
                sorted.put(id, describe(face));
            }
        });
        return List.copyOf(sorted.values());
    }

    private PluginApi describe(PluginMount plugin) {
        List<ServedRoute> routes = plugin.mounted().stream()
                .map(entry -> ServedRoute.of(
                        plugin.entry().manifest(),
                        entry.method(),
                        entry.path(),
                        entry.value().permissions(),
                        entry.value().open()))
                .toList();
        Described before = known.get(plugin.owner().traffic());
        if (before != null && before.routes.equals(routes)) {
            return before.api;
        }
        PluginApi api = PluginApi.of(
                plugin.entry().manifest(),
                Areas.PLUGINS + plugin.id(),
                routes,
                shipped.find(plugin.entry().manifest().id(), plugin.entry().files()));
        known.put(plugin.owner().traffic(), new Described(routes, api));
        return api;
    }

    private static Apis merged(long revision, List<PluginApi> parts) {
        List<Object> tags = new ArrayList<>();
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Map<String, Object>> components = new TreeMap<>();
        for (PluginApi part : parts) {
            tags.add(part.tag());
            paths.putAll(part.paths());
            part.components().forEach((kind, named) -> components
                    .computeIfAbsent(kind, key -> new LinkedHashMap<>())
                    .putAll(named));
        }
        return new Apis(revision, tags, paths, components);
    }
}
