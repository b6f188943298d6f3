// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.leak.LeakVerdict;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginDetail.DependencyEntry;
import dev.mortise.kernel.admin.PluginDetail.EndpointEntry;
import dev.mortise.kernel.admin.PluginDetail.LeakEntry;
import dev.mortise.kernel.admin.PluginDetail.MetadataEntry;
import dev.mortise.kernel.admin.PluginDetail.RouteEntry;
import dev.mortise.kernel.admin.PluginDetail.SchemaEntry;
import dev.mortise.kernel.admin.PluginDetail.ServiceEntry;
import dev.mortise.kernel.admin.PluginDetail.VersionEntry;
import dev.mortise.kernel.admin.PluginSummary;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One plugin in full. */
record Details(
        HostSnapshot snapshot,
        Function<PluginId, Optional<Long>> schemaOf,
        Function<PluginId, Optional<LeakVerdict>> leakOf,
        Function<PluginId, Optional<PluginMetadata>> metadataOf) {
    private static final String MOUNT = "/api/v1/p/";

    Optional<PluginDetail> of(PluginId id) {
        return snapshot.speaker(id).map(this::detail);
    }

    /** A version that serves says what became of those that were to replace it: else nobody hears of a failed update. */
    static PluginSummary summary(VersionView view, List<VersionView> all) {
        String reason = view.reason().isEmpty() ? failures(all).findFirst().orElse("") : view.reason();
        return new PluginSummary(
                view.id().value(),
                view.manifest().map(PluginManifest::name).orElse(view.id().value()),
                view.version().text(),
                view.state(),
                Optional.of(reason).filter(text -> !text.isEmpty()),
                view.since(),
                view.location(),
                view.digest().hex(),
                view.paths().stream().map(Path::toString).findFirst());
    }

    private PluginDetail detail(VersionView view) {
        List<VersionView> all = snapshot.plugins().getOrDefault(view.id(), List.of());
        List<VersionView> together = new Relations(snapshot).together(view);
        return new PluginDetail(
                summary(view, all),
                view.manifest().map(PluginManifest::description).orElse(""),
                all.stream().map(Details::version).toList(),
                together.stream().flatMap(Details::services).toList(),
                together.stream()
                        .flatMap(one -> Relations.dependencies(one).stream())
                        .distinct()
                        .map(this::dependency)
                        .toList(),
                new Relations(snapshot)
                        .dependents(view.id()).stream().map(PluginId::value).toList(),
                routes(view),
                schema(view),
                warnings(view, all),
                leakOf.apply(view.id()).map(leak -> new LeakEntry(leak.verdict(), leak.holders())),
                metadataOf.apply(view.id()).map(Details::metadata),
                view.manifest().map(PluginManifest::json).orElse("{}"));
    }

    private static MetadataEntry metadata(PluginMetadata known) {
        return new MetadataEntry(
                known.state().text(), known.version(), known.checksum().hex(), known.fetchedAt(), known.error());
    }

    private static VersionEntry version(VersionView view) {
        return new VersionEntry(view.version().text(), view.state(), view.since(), view.current());
    }

    private static Stream<ServiceEntry> services(VersionView view) {
        return view.manifest().stream()
                .flatMap(manifest -> manifest.services().stream())
                .map(service -> service(service, health(view.state())));
    }

    private static ServiceEntry service(ServiceDeclaration service, ServiceHealth health) {
        List<EndpointEntry> endpoints = service.endpoints().stream()
                .map(endpoint -> new EndpointEntry(
                        endpoint.method(),
                        endpoint.path().toString(),
                        endpoint.permissions().stream().sorted().toList()))
                .toList();
        return new ServiceEntry(service.name().value(), service.version().text(), health.name(), endpoints);
    }

    private static ServiceHealth health(PluginState state) {
        return switch (state) {
            case READY -> ServiceHealth.HEALTHY;
            case DEGRADED -> ServiceHealth.DEGRADED;
            default -> ServiceHealth.UNAVAILABLE;
        };
    }

    private DependencyEntry dependency(Dependency dependency) {
        Optional<Version> resolved = new Relations(snapshot).resolved(dependency);
        return new DependencyEntry(
                dependency.plugin().value(),
                dependency.service().value(),
                dependency.range().text(),
                dependency.required(),
                dependency.reason(),
                resolved.isPresent(),
                resolved.map(Version::text));
    }

    /** Clients reach only the version that speaks for the plugin; the services of the others are for plugins. */
    private static List<RouteEntry> routes(VersionView view) {
        return view.routes().stream()
                .map(route -> new RouteEntry(
                        route.method(), MOUNT + view.id() + (route.path().equals("/") ? "" : route.path())))
                .toList();
    }

    private SchemaEntry schema(VersionView view) {
        return new SchemaEntry(
                schemaVersion(view.id()).map(String::valueOf),
                Optional.of(view.schema()).filter(version -> version > 0).map(String::valueOf));
    }

    /** A database that is away must not hide the plugin that fails for it. */
    private Optional<Long> schemaVersion(PluginId id) {
        try {
            return schemaOf.apply(id);
        } catch (MortiseException unknownNow) {
            return Optional.empty();
        }
    }

    private List<String> warnings(VersionView view, List<VersionView> all) {
        List<String> warnings = new ArrayList<>(view.warnings());
        failures(all).forEach(warnings::add);
        metadataOf
                .apply(view.id())
                .flatMap(PluginMetadata::error)
                .ifPresent(why -> warnings.add(
                        "Its metadata can't be used: " + why + " The last good copy holds, if there is one."));
        return warnings;
    }

    private static Stream<String> failures(List<VersionView> all) {
        return all.stream()
                .skip(1)
                .filter(other -> !other.problems().isEmpty())
                .map(other -> other.id() + " " + other.version() + " is " + other.state() + ": " + other.reason());
    }
}
