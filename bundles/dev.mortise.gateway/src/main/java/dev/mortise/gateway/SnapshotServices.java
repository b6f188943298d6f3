// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
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

/** The service registry as an operator sees it: what the snapshot says, and nothing else. */
final class SnapshotServices implements Services {
    private static final Comparator<RouteLine> BY_PATH =
            Comparator.comparing(RouteLine::path).thenComparing(RouteLine::method);

    private final SnapshotRouting routing;
    private final CoreRoutes core;
    private final Clock clock;

    SnapshotServices(SnapshotRouting routing, CoreRoutes core, Clock clock) {
        this.routing = routing;
        this.core = core;
        this.clock = clock;
    }

    @Override
    public List<Instance> list() {
        Instant now = clock.instant();
        return routing.snapshot().services().values().stream()
                .flatMap(List::stream)
                .map(mount -> instance(mount, now))
                .sorted(Comparator.comparing(Instance::serviceName).thenComparing(Instance::pluginId))
                .toList();
    }

    @Override
    public List<Instance> discover(String serviceName, Optional<String> range) {
        Optional<SemverRange> wanted = range.map(SnapshotServices::read);
        Instant now = clock.instant();
        return routing.snapshot().service(serviceName).stream()
                .filter(ServiceMount::serves)
                .filter(mount -> wanted.isEmpty()
                        || wanted.get().admits(mount.declaration().version()))
                .sorted(Comparator.comparing(mount -> status(mount.plugin())))
                .map(mount -> instance(mount, now))
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

    private Instance instance(ServiceMount mount, Instant now) {
        ServiceDeclaration service = mount.declaration();
        PluginManifest manifest = mount.plugin().entry().manifest();
        return new Instance(
                id(manifest, service),
                service.name().value(),
                service.version().text(),
                manifest.id().value(),
                manifest.version().text(),
                routing.node(),
                "bundle",
                status(mount.plugin()).name(),
                "/api/v1/s/" + service.name(),
                Optional.empty(),
                service.endpoints().stream().map(SnapshotServices::endpoint).toList(),
                service.metadata(),
                mount.serves() ? now : mount.plugin().lastSeen(),
                Optional.empty());
    }

    /** The same for the same node, plugin, major and service, over restarts and updates: one of each major stands. */
    private String id(PluginManifest manifest, ServiceDeclaration service) {
        String name = String.join(
                "/",
                routing.node(),
                manifest.id().value(),
                manifest.version().major(),
                service.name().value());
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static ServiceHealth status(PluginMount plugin) {
        PluginState state = plugin.entry().state();
        if (state == PluginState.READY) {
            return ServiceHealth.HEALTHY;
        }
        return state == PluginState.DEGRADED ? ServiceHealth.DEGRADED : ServiceHealth.UNAVAILABLE;
    }

    private static EndpointLine endpoint(EndpointDeclaration endpoint) {
        return new EndpointLine(
                endpoint.method(),
                endpoint.path().toString(),
                endpoint.permissions().stream().sorted().toList());
    }
}
