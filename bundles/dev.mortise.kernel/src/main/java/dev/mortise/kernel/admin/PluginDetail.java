// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One plugin in full; flattened with its summary in JSON. */
public record PluginDetail(
        PluginSummary summary,
        String description,
        List<VersionEntry> versions,
        List<ServiceEntry> services,
        List<DependencyEntry> dependencies,
        List<String> dependents,
        List<RouteEntry> routes,
        SchemaEntry schema,
        List<String> warnings,
        Optional<LeakEntry> leak,
        Optional<MetadataEntry> metadata,
        String manifest) {
    /** A version of the plugin on this node. */
    public record VersionEntry(String version, PluginState state, Instant since, boolean active) {}

    /** A service that it offers. */
    public record ServiceEntry(String name, String version, String health, List<EndpointEntry> endpoints) {}

    /** An endpoint of a service. */
    public record EndpointEntry(String method, String path, List<String> permissions) {}

    /** A dependency and how it stands. */
    public record DependencyEntry(
            String pluginId,
            String serviceName,
            String range,
            boolean required,
            String reason,
            boolean satisfied,
            Optional<String> resolvedVersion) {}

    /** A mounted route. */
    public record RouteEntry(String method, String path) {}

    /** What became of the class loader of the version that was retired last. */
    public record LeakEntry(String verdict, List<String> holders) {}

    /**
     * How the copy of what it says of itself stands.
     *
     * @param state missing, fresh, stale or error
     * @param sha256 of the jar that it has now
     */
    public record MetadataEntry(
            String state, String version, String sha256, Optional<Instant> fetchedAt, Optional<String> error) {}

    /** Highest applied migration and what the code expects; absent parts are missing. */
    public record SchemaEntry(Optional<String> version, Optional<String> code) {}
}
