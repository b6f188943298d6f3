// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.PluginId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the gateway routes by, as one immutable value: a request reads it once and sees all of a change or nothing.
 */
final class RoutingSnapshot {
    static final RoutingSnapshot CLOSED = new RoutingSnapshot(false, Map.of(), Map.of());

    private static final Comparator<ServiceMount> BEST_FIRST = Comparator.comparing(ServiceMount::serves)
            .thenComparing(mount -> mount.declaration().version())
            .reversed()
            .thenComparing(mount -> mount.plugin().id());

    private final boolean open;
    private final Map<String, PluginMount> plugins;
    private final Map<String, List<ServiceMount>> services;
    // What needs were resolved to. It lives and dies with the snapshot, so no caller holds on to a retired provider.
    private final Map<Needs.Need, ServiceMount> resolved = new ConcurrentHashMap<>();

    private RoutingSnapshot(boolean open, Map<String, PluginMount> plugins, Map<String, List<ServiceMount>> services) {
        this.open = open;
        this.plugins = plugins;
        this.services = services;
    }

    /** Tells whether plugins answer for themselves; before that everything is STARTING. */
    boolean open() {
        return open;
    }

    @Nullable
    PluginMount plugin(String id) {
        return plugins.get(id);
    }

    /** Answers all plugins, in no order. */
    Iterable<PluginMount> plugins() {
        return plugins.values();
    }

    /** Answers the instances of a service: those that serve before others, the highest version first. */
    List<ServiceMount> service(String name) {
        return services.getOrDefault(name, List.of());
    }

    /** Answers the instances of all services by name, in no order. */
    Map<String, List<ServiceMount>> services() {
        return services;
    }

    /** Answers what a need was resolved to before. */
    @Nullable
    ServiceMount resolved(Needs.Need need) {
        return resolved.get(need);
    }

    void remember(Needs.Need need, ServiceMount mount) {
        resolved.put(need, mount);
    }

    RoutingSnapshot opened() {
        return new RoutingSnapshot(true, plugins, services);
    }

    /** Answers this snapshot with the mounts in the place of whatever their plugins had, and without the removed ones. */
    RoutingSnapshot with(List<Mounting.Mounted> put, Set<PluginId> removed) {
        Map<String, PluginMount> nextPlugins = new HashMap<>(plugins);
        Map<String, List<ServiceMount>> nextServices = new HashMap<>(services);
        removed.forEach(id -> unmount(id.value(), nextPlugins, nextServices));
        put.forEach(mounted -> unmount(mounted.plugin().id(), nextPlugins, nextServices));
        for (Mounting.Mounted mounted : put) {
            nextPlugins.put(mounted.plugin().id(), mounted.plugin());
            mounted.services().forEach(service -> mount(service, nextServices));
        }
        return new RoutingSnapshot(
                open, Collections.unmodifiableMap(nextPlugins), Collections.unmodifiableMap(nextServices));
    }

    private static void unmount(String id, Map<String, PluginMount> plugins, Map<String, List<ServiceMount>> services) {
        PluginMount gone = plugins.remove(id);
        if (gone == null) {
            return;
        }
        gone.entry()
                .manifest()
                .services()
                .forEach(declared ->
                        services.computeIfPresent(declared.name().value(), (name, mounts) -> without(id, mounts)));
    }

    private static @Nullable List<ServiceMount> without(String id, List<ServiceMount> mounts) {
        List<ServiceMount> others =
                mounts.stream().filter(mount -> !mount.plugin().id().equals(id)).toList();
        return others.isEmpty() ? null : others;
    }

    private static void mount(ServiceMount service, Map<String, List<ServiceMount>> services) {
        List<ServiceMount> mounts = new ArrayList<>(
                services.getOrDefault(service.declaration().name().value(), List.of()));
        mounts.add(service);
        mounts.sort(BEST_FIRST);
        services.put(service.declaration().name().value(), List.copyOf(mounts));
    }
}
