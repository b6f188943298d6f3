// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.openapi;

import dev.mortise.kernel.model.ApiDocument;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API of one plugin, ready to be merged with others.
 *
 * @param tag the tag of all its operations
 * @param paths operations by whole path
 * @param warnings what is to be said of the document that it ships
 */
public record PluginApi(
        PluginId plugin,
        Map<String, Object> tag,
        Map<String, Object> paths,
        Map<String, Map<String, Object>> components,
        List<String> warnings) {
    /** Describes routes: by the document that the plugin ships as far as that speaks of them, else by the manifest. */
    public static PluginApi of(
            PluginManifest manifest, String mount, List<ServedRoute> routes, ShippedDocument.Finding finding) {
        Optional<ApiDocument> document = finding.document();
        Paths paths = new Paths(manifest.id().value(), mount, document);
        document.ifPresent(shipped -> paths.describe(shipped, routes));
        paths.derive(routes);
        return new PluginApi(
                manifest.id(),
                Map.of("name", manifest.id().value(), "description", description(manifest, document)),
                paths.merged(),
                document.map(ApiDocument::components).orElseGet(Map::of),
                finding.warning()
                        .or(() -> paths.leftOut(finding.file()))
                        .map(List::of)
                        .orElseGet(List::of));
    }

    private static String description(PluginManifest manifest, Optional<ApiDocument> document) {
        String about = document.map(ApiDocument::description)
                .filter(text -> !text.isEmpty())
                .orElse(manifest.description());
        return manifest.name() + " " + manifest.version() + (about.isEmpty() ? "" : ": " + about);
    }
}
