// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Route;
import dev.mortise.gateway.guard.Overrides;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Describes what the snapshot leads to, when somebody asks and never on the way of a call. Each plugin version is described
 * once. Nothing here keeps a snapshot, and with it the code of a plugin, after its time.
 */
final class SnapshotApis implements PluginApis {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotApis.class);

    private static final int SETS = 16;

    private final Supplier<RoutingSnapshot> snapshots;
    private final Supplier<Overrides> overrides;
    private final ShippedDocument shipped;
    private final Installed installed;

    // The monitor guards what follows. The key is what is the same as long as the same code goes on serving.
    private final Map<Traffic, Described> known = new WeakHashMap<>();
    private WeakReference<RoutingSnapshot> last = new WeakReference<>(null);
    private Overrides lastOverrides = Overrides.NONE;
    private Stand stand = new Stand(List.of(), new Apis(1, List.of(), Map.of(), Map.of()), new Kept());
    private final AtomicLong revisions = new AtomicLong(1);

    SnapshotApis(
            Supplier<RoutingSnapshot> snapshots,
            Supplier<Overrides> overrides,
            ApiDocumentReader reader,
            Installed installed) {
        this.snapshots = snapshots;
        this.overrides = overrides;
        this.installed = installed;
        this.shipped = new ShippedDocument(reader);
    }

    /** What all plugins come to as they stand, and what some of them do. */
    private record Stand(List<PluginApi> parts, Apis apis, Kept some) {}

    /** What was joined of late, by the plugins that some tenants have; most tenants have the same few sets. */
    private static final class Kept {
        // The monitor guards it.
        private final Map<List<String>, Apis> known = new LinkedHashMap<>(SETS, 1, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<String>, Apis> eldest) {
                return size() > SETS;
            }
        };

        synchronized @Nullable Apis get(List<String> plugins) {
            return known.get(plugins);
        }

        /** Answers the one that was kept first, which may be another thread's. */
        synchronized Apis keep(List<String> plugins, Apis joined) {
            Apis before = known.putIfAbsent(plugins, joined);
            return before == null ? joined : before;
        }
    }

    private record Described(List<ServedRoute> routes, PluginApi api) {}

    @Override
    public Apis serving(Optional<TenantId> tenant) {
        Stand all = stand();
        return tenant.map(one -> of(one, all)).orElse(all.apis);
    }

    /** Asks who has what, and joins what he has, while others do the same. */
    private Apis of(TenantId tenant, Stand all) {
        List<PluginApi> own = all.parts.stream()
                .filter(part -> installed.has(tenant, part.plugin()))
                .toList();
        if (own.size() == all.parts.size()) {
            return all.apis;
        }
        List<String> names = own.stream().map(part -> part.plugin().value()).toList();
        Apis known = all.some.get(names);
        return known == null ? all.some.keep(names, merged(revisions.incrementAndGet(), own)) : known;
    }

    private synchronized Stand stand() {
        RoutingSnapshot now = snapshots.get();
        Overrides set = overrides.get();
        if (last.get() != now || lastOverrides != set) {
            List<PluginApi> current = current(now);
            if (!current.equals(stand.parts)) {
                stand = new Stand(current, merged(revisions.incrementAndGet(), current), new Kept());
            }
            last = new WeakReference<>(now);
            lastOverrides = set;
        }
        return stand;
    }

    @Override
    public List<String> warnings(PluginManifest plugin, PluginFiles files, List<Route> routes) {
        Finding finding = shipped.find(plugin.id(), files);
        if (finding.file().isEmpty()) {
            return List.of();
        }
        List<ServedRoute> served = routes.stream()
                .map(route -> ServedRoute.of(
                        plugin, route.method(), PathTemplate.parse(route.path()), Set.of(), false, false))
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
                        entry.value().open(),
                        entry.value().guard().rate() != null))
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
