// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginDetail.DependencyEntry;
import dev.mortise.kernel.admin.PluginDetail.LeakEntry;
import dev.mortise.kernel.admin.PluginDetail.MetadataEntry;
import dev.mortise.kernel.admin.PluginDetail.RouteEntry;
import dev.mortise.kernel.admin.PluginDetail.SchemaEntry;
import dev.mortise.kernel.admin.PluginDetail.ServiceEntry;
import dev.mortise.kernel.admin.PluginDetail.VersionEntry;
import dev.mortise.kernel.model.PluginState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One plugin in full as one flat object; {@code manifest} is the document itself. */
record PluginView(
        String id,
        String name,
        String version,
        PluginState state,
        Optional<String> reason,
        Instant since,
        String location,
        String sha256,
        Optional<String> file,
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
        Map<?, ?> manifest) {
    static PluginView of(PluginDetail detail, Map<?, ?> manifest) {
        var summary = detail.summary();
        return new PluginView(
                summary.id(),
                summary.name(),
                summary.version(),
                summary.state(),
                summary.reason(),
                summary.since(),
                summary.location(),
                summary.sha256(),
                summary.file(),
                detail.description(),
                detail.versions(),
                detail.services(),
                detail.dependencies(),
                detail.dependents(),
                detail.routes(),
                detail.schema(),
                detail.warnings(),
                detail.leak(),
                detail.metadata(),
                manifest);
    }
}
