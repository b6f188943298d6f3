// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.gateway.guard.Breaker;
import dev.mortise.gateway.guard.Overrides;
import dev.mortise.gateway.registry.RemoteInstance;
import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.rules.semver.SemverRange;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The service registry as an operator sees it: what the snapshot says, and nothing else. */
final class SnapshotServices implements Services {
    private static final Comparator<RouteLine> BY_PATH =
            Comparator.comparing(RouteLine::path).thenComparing(RouteLine::method);

    private final SnapshotRouting routing;
    private final CoreRoutes core;
    private final Supplier<Overrides> overrides;
    private final Clock clock;

    SnapshotServices(SnapshotRouting routing, CoreRoutes core, Supplier<Overrides> overrides, Clock clock) {
        this.routing = routing;
        this.overrides = overrides;
        this.core = core;
        this.clock = clock;
    }

    @Override
    public List<Instance> list() {
        Instant now = clock.instant();
        return routing.snapshot().services().values().stream()
                .flatMap(List::stream)
                .map(mount -> instance(mount, now, ofItsMajor(mount)))
                .sorted(Comparator.comparing(Instance::serviceName).thenComparing(Instance::pluginId))
                .toList();
    }

    @Override
    public List<Instance> discover(String serviceName, Optional<String> range) {
        Optional<SemverRange> wanted = range.map(SnapshotServices::read);
        Instant now = clock.instant();
        List<ServiceMount> found = routing.snapshot().service(serviceName).stream()
                .filter(ServiceMount::serves)
                .filter(mount -> wanted.isEmpty()
                        || wanted.get().admits(mount.declaration().version()))
                .toList();
        return found.stream()
                .sorted(Comparator.comparing(mount -> status(mount, found)))
                .map(mount -> instance(mount, now, found))
                .toList();
    }

    /** Answers all that a caller may be sent to whom the range of one of them leads to it. */
    private List<ServiceMount> ofItsMajor(ServiceMount mount) {
        String major = mount.declaration().version().major();
        return routing.snapshot().service(mount.declaration().name().value()).stream()
                .filter(other -> other.declaration().version().major().equals(major))
                .toList();
    }

    @Override
    public List<RouteLine> routes() {
        List<RouteLine> lines = new ArrayList<>();
        // Clients reach the face of a plugin alone, whatever stands beside it.
        routing.snapshot()
                .plugins()
                .values()
                .forEach(versions -> lines.addAll(versions.get(0).plugin().lines()));
        for (CoreRoutes.Placed placed : core.all()) {
            lines.add(line(placed.route().method(), placed.path().toString(), placed.owner(), placed.permissions()));
        }
        HealthPage.PATHS.forEach(path -> lines.add(new RouteLine("GET", path, "core", List.of())));
        lines.sort(BY_PATH);
        return lines;
    }

    static RouteLine line(String method, String path, Owner owner, Set<String> permissions) {
        return new RouteLine(
                method, path, owner.name(), permissions.stream().sorted().toList());
    }

    private static SemverRange read(String text) {
        SemverRange.Reading reading = SemverRange.read(new VersionRange(text));
        if (reading instanceof SemverRange.Reading.Good good) {
            return good.range();
        }
        throw new MortiseException(ErrorCode.VALIDATION_FAILED, ((SemverRange.Reading.Malformed) reading).message());
    }

    private Instance instance(ServiceMount mount, Instant now, List<ServiceMount> among) {
        ServiceDeclaration service = mount.declaration();
        PluginManifest manifest = mount.plugin().entry().manifest();
        Optional<Place.Elsewhere> elsewhere =
                mount.place() instanceof Place.Elsewhere place ? Optional.of(place) : Optional.empty();
        return new Instance(
                id(mount, routing.node()),
                service.name().value(),
                service.version().text(),
                manifest.id().value(),
                manifest.version().text(),
                elsewhere.map(Place.Elsewhere::node).orElseGet(routing::node),
                mount.plugin().entry().location(),
                status(mount, among).name(),
                "/api/v1/s/" + service.name(),
                elsewhere.flatMap(Place.Elsewhere::tenant),
                service.endpoints().stream().map(SnapshotServices::endpoint).toList(),
                overrides.get().shown(service),
                mount.serves() && elsewhere.isEmpty() ? now : mount.plugin().lastSeen(),
                elsewhere.map(Place.Elsewhere::address));
    }

    /**
     * Answers the id of an instance: of a bundle the same for the same node, plugin, major and service, over restarts and
     * updates, because one of each major stands.
     */
    static String id(ServiceMount mount, String node) {
        String service = mount.declaration().name().value();
        if (mount.place() instanceof Place.Elsewhere elsewhere) {
            return RemoteInstance.serviceId(elsewhere.id(), service);
        }
        PluginManifest manifest = mount.plugin().entry().manifest();
        String name =
                String.join("/", node, manifest.id().value(), manifest.version().major(), service);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * Answers how an instance fares as calls find it among these. One that is left out of the choice because its calls fail
     * is as good as none, but for the last one, which gets calls all the same.
     */
    static ServiceHealth status(ServiceMount mount, List<ServiceMount> among) {
        if (out(mount) && among.stream().anyMatch(other -> standsIn(other, mount))) {
            return ServiceHealth.UNAVAILABLE;
        }
        boolean fails = out(mount) || mount.plugin().owner().stay().breakers().count(Breaker.State.OPEN) > 0;
        return fails && mount.health() == ServiceHealth.HEALTHY ? ServiceHealth.DEGRADED : mount.health();
    }

    private static boolean out(ServiceMount mount) {
        return mount.plugin().owner().stay().outlier().out(System.nanoTime());
    }

    private static boolean standsIn(ServiceMount other, ServiceMount mount) {
        Optional<String> tenant = tenant(other);
        return other.serves() && !out(other) && (tenant.isEmpty() || tenant.equals(tenant(mount)));
    }

    private static Optional<String> tenant(ServiceMount mount) {
        return mount.place() instanceof Place.Elsewhere elsewhere ? elsewhere.tenant() : Optional.empty();
    }

    private static EndpointLine endpoint(EndpointDeclaration endpoint) {
        return new EndpointLine(
                endpoint.method(),
                endpoint.path().toString(),
                endpoint.permissions().stream().sorted().toList());
    }
}
