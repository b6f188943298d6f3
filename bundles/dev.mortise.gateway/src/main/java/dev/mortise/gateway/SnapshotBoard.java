// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Route;
import dev.mortise.gateway.registry.Board;
import dev.mortise.gateway.registry.RemoteInstance;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.port.Routing;
import dev.mortise.rules.route.ProcessPaths;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows registered instances in the routing snapshot: each one as a plugin version whose handlers send the calls to it, so
 * that everything that holds for calls holds for these too.
 */
final class SnapshotBoard implements Board {
    private static final String REMOTE = "remote";
    // There are no bytes of it here.
    private static final Digest NO_BYTES = new Digest("0".repeat(64));

    private final SnapshotRouting routing;
    private final Neighbours neighbours;
    private final RepeatedWarnings warnings;
    private final InstanceMeters meters;

    SnapshotBoard(SnapshotRouting routing, Neighbours neighbours, RepeatedWarnings warnings) {
        this.warnings = warnings;
        this.routing = routing;
        this.neighbours = neighbours;
        this.meters = new InstanceMeters(
                neighbours::meters, service -> routing.snapshot().service(service));
        neighbours.whenMetersChange(this::measure);
    }

    private void measure() {
        meters.show(routing.heldElsewhere().keySet().stream()
                .map(ServiceName::value)
                .collect(Collectors.toSet()));
    }

    @Override
    public List<PluginManifest> known(String plugin) {
        RoutingSnapshot snapshot = routing.snapshot();
        return Stream.concat(snapshot.versions(plugin).stream(), snapshot.elsewhereOf(plugin).stream())
                .filter(version -> version.plugin().entry().state() != PluginState.REJECTED)
                .map(Mounted::manifest)
                .toList();
    }

    @Override
    public Optional<String> otherOwner(String service, String plugin) {
        return routing.views().otherOwner(service, plugin);
    }

    @Override
    public boolean runsHere(String serviceId) {
        return routing.snapshot().services().values().stream()
                .flatMap(List::stream)
                .anyMatch(mount -> mount.place() instanceof Place.Here
                        && SnapshotServices.id(mount, routing.node()).equals(serviceId));
    }

    @Override
    public Optional<Objection> admit(RemoteInstance instance, ServiceHealth health, String reason, Instant since) {
        Optional<Objection> against = routing.admit(entry(instance, health, reason, since), place(instance));
        measure();
        return against;
    }

    @Override
    public void show(RemoteInstance instance, ServiceHealth health, String reason, Instant since) {
        routing.place(entry(instance, health, reason, since), place(instance));
        measure();
    }

    private Routing.Entry entry(RemoteInstance instance, ServiceHealth health, String reason, Instant since) {
        return new Routing.Entry(
                instance.manifest(),
                NO_BYTES,
                state(health),
                reason,
                since,
                REMOTE,
                SnapshotBoard.class.getClassLoader(),
                name -> Optional.empty(),
                routes(instance),
                new Routing.Tools.Elsewhere(
                        new Forwarder(neighbours, instance, false, true, warnings),
                        new Forwarder(neighbours, instance, false, false, warnings)));
    }

    @Override
    public void take(RemoteInstance instance, Runnable whenIdle) {
        routing.displace(instance.id(), whenIdle);
        measure();
    }

    private Place.Elsewhere place(RemoteInstance instance) {
        return new Place.Elsewhere(
                instance.id(),
                instance.node(),
                instance.node().equals(routing.node()) ? 1 : 2,
                instance.tenant(),
                instance.peer().baseUrl(),
                instance.lastSeen());
    }

    /** An endpoint that two services declare is one route, as it is of a plugin that runs here. */
    private List<Route> routes(RemoteInstance instance) {
        Map<String, Route> routes = new LinkedHashMap<>();
        instance.manifest().services().stream()
                .flatMap(service -> service.endpoints().stream())
                .forEach(endpoint ->
                        routes.putIfAbsent(endpoint.method() + endpoint.path().shape(), route(endpoint, instance)));
        return List.copyOf(routes.values());
    }

    private Route route(EndpointDeclaration endpoint, RemoteInstance instance) {
        return new Route(
                endpoint.method(),
                endpoint.path().toString(),
                ProcessPaths.guarded(
                        instance.manifest().id(),
                        new Forwarder(neighbours, instance, endpoint.streaming(), endpoint.idempotent(), warnings)));
    }

    private static PluginState state(ServiceHealth health) {
        return switch (health) {
            case HEALTHY -> PluginState.READY;
            case DEGRADED -> PluginState.DEGRADED;
            case UNAVAILABLE -> PluginState.WAITING;
        };
    }
}
