// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Route;
import dev.mortise.api.json.Json;
import dev.mortise.gateway.guard.GuardSettings.BreakerSettings;
import dev.mortise.gateway.guard.Overrides;
import dev.mortise.gateway.guard.RouteGuard;
import dev.mortise.gateway.guard.ServiceRules;
import dev.mortise.gateway.guard.ServiceRules.Declared;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.port.Routing;
import dev.mortise.rules.route.RouteTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the host knows of a plugin into tables: routes joined with the endpoints that the plugin declares. */
final class Mounting {
    private static final Logger LOG = LoggerFactory.getLogger(Mounting.class);

    private final LiveSettings settings;
    private final Supplier<Overrides> overrides;
    private final Neighbours neighbours;
    private final Json json;

    /** Mounts what comes; the mapper is for tools. */
    Mounting(LiveSettings settings, Supplier<Overrides> overrides, Neighbours neighbours, Json json) {
        this.json = json;
        this.settings = settings;
        this.overrides = overrides;
        this.neighbours = neighbours;
    }

    /**
     * Builds the tables of one plugin version.
     *
     * @param before the owner of the same code, when it goes on serving
     * @throws IllegalArgumentException when a route is malformed or two routes clash
     */
    Mounted mount(Routing.Entry entry, Optional<Owner> before, Optional<Instant> lastServed) {
        return mount(entry, before, lastServed, Place.Here.HERE);
    }

    /** Builds the tables of one plugin version that runs in a place of its own. */
    Mounted mount(Routing.Entry entry, Optional<Owner> before, Optional<Instant> lastServed, Place place) {
        PluginManifest manifest = entry.manifest();
        Owner owner = before.orElseGet(() -> Owner.plugin(manifest.id().value(), entry.loader(), neighbours));
        List<PlacedRoute> routes = entry.routes().stream().map(PlacedRoute::of).toList();
        BreakerSettings breaker = settings.get().guards().breaker(place instanceof Place.Here);
        List<RouteTable.Entry<MountedRoute>> mounted = mounted(manifest, routes, owner, breaker);
        PluginMount plugin = new PluginMount(
                entry,
                owner,
                lastServed,
                table(mounted, owner),
                mounted,
                Needs.of(manifest),
                place,
                RouteMeter.ofStrays(owner.meters()));
        // A rejected plugin was never admitted, so what it says it offers is no instance.
        List<ServiceDeclaration> offered = entry.state() == PluginState.REJECTED ? List.of() : manifest.services();
        return new Mounted(
                plugin,
                offered.stream()
                        .map(service -> serviceMount(service, plugin, routes, breaker))
                        .toList(),
                ToolMount.of(entry, owner, settings, json));
    }

    /** Says in the log which endpoints ask to be open to everybody, and are not because nobody allowed it. */
    void tellWhatStaysClosed(PluginManifest manifest) {
        if (settings.get().publicPlugins().contains(manifest.id().value())) {
            return;
        }
        String closed = manifest.services().stream()
                .flatMap(service -> service.endpoints().stream())
                .filter(EndpointDeclaration::open)
                .map(EndpointDeclaration::toString)
                .collect(Collectors.joining(", "));
        if (!closed.isEmpty()) {
            LOG.warn(
                    "plugin={} asks to open {} to everybody (\"access\": \"public\"); it stays closed. To allow it, add '{}'"
                            + " to public-plugins in etc/gateway.properties.",
                    manifest.id(),
                    closed,
                    manifest.id());
        }
    }

    private record PlacedRoute(String method, PathTemplate path, Handler handler) {
        static PlacedRoute of(Route route) {
            return new PlacedRoute(route.method(), PathTemplate.parse(route.path()), route.handler());
        }

        boolean realises(EndpointDeclaration endpoint) {
            return method.equals(endpoint.method())
                    && path.shape().equals(endpoint.path().shape());
        }
    }

    private List<RouteTable.Entry<MountedRoute>> mounted(
            PluginManifest manifest, List<PlacedRoute> routes, Owner owner, BreakerSettings breaker) {
        List<Declared> declared = manifest.services().stream()
                .flatMap(service -> service.endpoints().stream().map(endpoint -> new Declared(service, endpoint)))
                .toList();
        List<RouteTable.Entry<MountedRoute>> entries = new ArrayList<>();
        for (PlacedRoute route : routes) {
            List<Declared> realised = declared.stream()
                    .filter(one -> route.realises(one.endpoint()))
                    .toList();
            // Of several services the first one, which is the one whose rate counts too.
            String service = realised.isEmpty()
                    ? OwnerMeters.NOTHING
                    : realised.get(0).service().name().value();
            RouteMeter meter = RouteMeter.ofClients(owner.meters(), service, route.method, route.path.toString());
            entries.add(new RouteTable.Entry<>(
                    route.method, route.path, mountedRoute(route, realised, owner, meter, breaker)));
        }
        return entries;
    }

    private ServiceMount serviceMount(
            ServiceDeclaration service, PluginMount plugin, List<PlacedRoute> routes, BreakerSettings breaker) {
        Owner owner = plugin.owner();
        String name = service.name().value();
        List<RouteTable.Entry<MountedRoute>> entries = new ArrayList<>();
        for (EndpointDeclaration endpoint : service.endpoints()) {
            // The template is the route's: its handler asks for parameters by the names that it gave them.
            for (PlacedRoute route : routes) {
                if (route.realises(endpoint)) {
                    RouteMeter meter = RouteMeter.ofPlugins(owner.meters(), name, route.method, route.path.toString());
                    entries.add(new RouteTable.Entry<>(
                            route.method,
                            route.path,
                            mountedRoute(route, List.of(new Declared(service, endpoint)), owner, meter, breaker)));
                }
            }
        }
        List<String> names =
                service.endpoints().stream().map(EndpointDeclaration::toString).toList();
        return new ServiceMount(service, plugin, table(entries, owner), names);
    }

    private MountedRoute mountedRoute(
            PlacedRoute route, List<Declared> declared, Owner owner, RouteMeter meter, BreakerSettings breaker) {
        List<EndpointDeclaration> endpoints =
                declared.stream().map(Declared::endpoint).toList();
        Set<String> permissions = new HashSet<>();
        endpoints.forEach(endpoint -> permissions.addAll(endpoint.permissions()));
        // An endpoint that is public and yet asks for permissions contradicts itself; it stays closed.
        boolean open = !endpoints.isEmpty()
                && permissions.isEmpty()
                && endpoints.stream().allMatch(EndpointDeclaration::open)
                && settings.get().publicPlugins().contains(owner.name());
        Optional<Duration> declaredTime =
                endpoints.stream().flatMap(e -> e.timeout().stream()).min(Duration::compareTo);
        return new MountedRoute(
                owner,
                route.handler,
                Set.copyOf(permissions),
                open,
                endpoints.stream().anyMatch(EndpointDeclaration::streaming),
                endpoints.isEmpty()
                        ? Repeats.safely(route.method)
                        : endpoints.stream().allMatch(EndpointDeclaration::idempotent),
                () -> settings.get().timeoutNanos(declaredTime),
                guard(route, declared, owner, breaker),
                meter);
    }

    private RouteGuard guard(PlacedRoute route, List<Declared> declared, Owner owner, BreakerSettings breaker) {
        return new RouteGuard(
                () -> settings.get().guards().places().calls(),
                true,
                owner.stay().breakers().of(route.method + " " + route.path, breaker),
                new ServiceRules(overrides, declared));
    }

    private static RouteTable<MountedRoute> table(List<RouteTable.Entry<MountedRoute>> entries, Owner owner) {
        RouteTable.Built<MountedRoute> built = RouteTable.build(entries);
        if (built instanceof RouteTable.Built.Table<MountedRoute> good) {
            return good.table();
        }
        RouteTable.Entry<MountedRoute> twice = ((RouteTable.Built.Conflicts<MountedRoute>) built)
                .conflicts()
                .get(0)
                .second();
        throw new IllegalArgumentException(
                "Plugin '%s' has two routes for %s %s. A method and path lead to one handler."
                        .formatted(owner.name(), twice.method(), twice.path()));
    }
}
