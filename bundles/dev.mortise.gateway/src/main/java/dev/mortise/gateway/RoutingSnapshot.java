// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the gateway routes by, as one immutable value: a request reads it once and sees all of a change or nothing.
 */
final class RoutingSnapshot {
    static final RoutingSnapshot CLOSED = new RoutingSnapshot(false, Map.of(), Map.of(), Map.of());

    private static final Comparator<Mounted> FACE_FIRST = Comparator.comparing(Mounted::plugin, PluginMount.FACE_FIRST);

    private final boolean open;
    // The versions of each plugin by its id, its face first; never an empty list.
    private final Map<String, List<Mounted>> plugins;
    // The instances that run elsewhere, by the id of their registration.
    private final Map<String, Mounted> elsewhere;
    private final Map<String, List<ServiceMount>> services;
    // What needs were resolved to. It lives and dies with the snapshot, so no caller holds on to a retired provider.
    private final Map<Needs.Need, Instances> resolved = new ConcurrentHashMap<>();

    private RoutingSnapshot(
            boolean open,
            Map<String, List<Mounted>> plugins,
            Map<String, Mounted> elsewhere,
            Map<String, List<ServiceMount>> services) {
        this.open = open;
        this.plugins = plugins;
        this.elsewhere = elsewhere;
        this.services = services;
    }

    /** Tells whether plugins answer for themselves; before that everything is STARTING. */
    boolean open() {
        return open;
    }

    /** Answers the version that is the plugin's face: to clients, and where only the plugin is named. */
    @Nullable
    PluginMount plugin(String id) {
        List<Mounted> versions = plugins.get(id);
        return versions == null ? null : versions.get(0).plugin();
    }

    /** Answers the versions of a plugin that stand side by side, its face first. */
    List<Mounted> versions(String id) {
        return plugins.getOrDefault(id, List.of());
    }

    /** Answers the versions of all plugins by id, in no order. */
    Map<String, List<Mounted>> plugins() {
        return plugins;
    }

    /** Answers all that is mounted, here and elsewhere, in no order. */
    Stream<Mounted> mounted() {
        return Stream.concat(plugins.values().stream().flatMap(List::stream), elsewhere.values().stream());
    }

    /** Tells whether these very bytes serve. */
    boolean serves(String id, Digest digest) {
        for (Mounted version : versions(id)) {
            if (version.serves() && version.plugin().entry().digest().equals(digest)) {
                return true;
            }
        }
        return false;
    }

    /** Answers what runs elsewhere under a registration. */
    Optional<Mounted> elsewhere(String registration) {
        return Optional.ofNullable(elsewhere.get(registration));
    }

    /** Answers what runs elsewhere of a plugin. */
    List<Mounted> elsewhereOf(String plugin) {
        return elsewhere.values().stream()
                .filter(mounted -> mounted.id().equals(plugin))
                .toList();
    }

    /** Answers the services of what runs elsewhere. */
    Map<ServiceName, HeldService> heldElsewhere() {
        Map<ServiceName, HeldService> held = new HashMap<>();
        elsewhere.values().forEach(mounted -> mounted.services()
                .forEach(service -> held.merge(
                        service.declaration().name(),
                        new HeldService(
                                mounted.manifest().id(),
                                Set.of(service.declaration().version())),
                        RoutingSnapshot::both)));
        return Collections.unmodifiableMap(held);
    }

    private static HeldService both(HeldService one, HeldService other) {
        Set<Version> versions = new HashSet<>(one.versions());
        versions.addAll(other.versions());
        return new HeldService(one.owner(), versions);
    }

    /** Answers the instances of a service, best first. */
    List<ServiceMount> service(String name) {
        return services.getOrDefault(name, List.of());
    }

    /** Answers the instances of all services by name, in no order. */
    Map<String, List<ServiceMount>> services() {
        return services;
    }

    /** Answers what a need was resolved to before. */
    @Nullable
    Instances resolved(Needs.Need need) {
        return resolved.get(need);
    }

    void remember(Needs.Need need, Instances instances) {
        resolved.put(need, instances);
    }

    RoutingSnapshot opened() {
        return new RoutingSnapshot(true, plugins, elsewhere, services);
    }

    /** Answers this snapshot with the mounts in the place of whatever their plugins had, and without the removed ones. */
    RoutingSnapshot with(Collection<Mounted> put, Set<PluginId> removed) {
        Set<String> changed = new HashSet<>();
        removed.forEach(id -> changed.add(id.value()));
        put.forEach(mounted -> changed.add(mounted.id()));
        return replacing(changed, put);
    }

    /** Answers this snapshot as it would be with the mounts switched in, each in the place of what it displaces. */
    RoutingSnapshot showing(Collection<Mounted> candidates) {
        if (candidates.isEmpty()) {
            return this;
        }
        List<Mounted> put = new ArrayList<>(candidates);
        Set<String> changed = new HashSet<>();
        candidates.forEach(candidate -> changed.add(candidate.id()));
        changed.forEach(id -> versions(id).stream()
                .filter(standing -> candidates.stream().noneMatch(candidate -> candidate.displaces(standing)))
                .forEach(put::add));
        return replacing(changed, put);
    }

    /** Answers this snapshot with an instance that runs elsewhere, in the place of what its registration had. */
    RoutingSnapshot placing(String registration, Mounted instance) {
        return moving(registration, Optional.of(instance));
    }

    /** Answers this snapshot without what a registration has. */
    RoutingSnapshot displacing(String registration) {
        return moving(registration, Optional.empty());
    }

    private RoutingSnapshot moving(String registration, Optional<Mounted> instance) {
        Map<String, Mounted> next = new HashMap<>(elsewhere);
        Map<String, List<ServiceMount>> nextServices = new HashMap<>(services);
        Mounted before = next.remove(registration);
        if (before != null) {
            before.services().forEach(service -> remove(service, standsElsewhere(registration), nextServices));
        }
        instance.ifPresent(mounted -> {
            next.put(registration, mounted);
            mounted.services().forEach(service -> add(service, nextServices));
        });
        return new RoutingSnapshot(
                open, plugins, Collections.unmodifiableMap(next), Collections.unmodifiableMap(nextServices));
    }

    private RoutingSnapshot replacing(Set<String> changed, Collection<Mounted> put) {
        Map<String, List<Mounted>> nextPlugins = new HashMap<>(plugins);
        Map<String, List<ServiceMount>> nextServices = new HashMap<>(services);
        for (String id : changed) {
            nextPlugins.remove(id);
            versions(id)
                    .forEach(gone -> gone.services().forEach(service -> remove(service, standsHere(id), nextServices)));
        }
        for (Mounted mounted : put) {
            nextPlugins.merge(mounted.id(), List.of(mounted), (some, more) -> ordered(some, more, FACE_FIRST));
            mounted.services().forEach(service -> add(service, nextServices));
        }
        return new RoutingSnapshot(
                open, Collections.unmodifiableMap(nextPlugins), elsewhere, Collections.unmodifiableMap(nextServices));
    }

    private static Predicate<PluginMount> standsHere(String id) {
        return plugin -> plugin.id().equals(id) && plugin.place() instanceof Place.Here;
    }

    private static Predicate<PluginMount> standsElsewhere(String registration) {
        return plugin -> plugin.place() instanceof Place.Elsewhere elsewhere
                && elsewhere.id().equals(registration);
    }

    private static void add(ServiceMount service, Map<String, List<ServiceMount>> services) {
        services.merge(name(service), List.of(service), (some, more) -> ordered(some, more, ServiceMount.BEST_FIRST));
    }

    private static void remove(
            ServiceMount service, Predicate<PluginMount> gone, Map<String, List<ServiceMount>> services) {
        services.computeIfPresent(name(service), (name, mounts) -> {
            List<ServiceMount> others =
                    mounts.stream().filter(mount -> !gone.test(mount.plugin())).toList();
            return others.isEmpty() ? null : others;
        });
    }

    private static <T> List<T> ordered(List<T> some, List<T> more, Comparator<T> order) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        all.sort(order);
        return List.copyOf(all);
    }

    private static String name(ServiceMount service) {
        return service.declaration().name().value();
    }
}
