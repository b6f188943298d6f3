// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.metadata;

import dev.mortise.api.json.Json;
import dev.mortise.api.tool.Tool;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.call.ToolSet;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.MetadataReader;
import dev.mortise.kernel.port.MetadataReader.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plugin that runs in the container says of itself, in the shape in which a worker answers it. */
public record BundleMetadata(Json json, MetadataReader reader) {
    private static final int PROTOCOL = 1;

    /** Reads what a version says that runs. */
    @SuppressWarnings("unchecked") // a JSON object has texts for keys
    public Result read(VersionView view) {
        Optional<PluginManifest> manifest = view.manifest();
        if (manifest.isEmpty()) {
            return new Result.Bad("Its plugin.json breaks the schema.");
        }
        Map<String, Object> metadata = json.read(manifest.get().json(), Map.class);
        metadata.put("routes", view.routes());
        metadata.put("tools", new ToolSet(tools(view), json).described());
        metadata.put("protocol", PROTOCOL);
        return reader.read(bytes(metadata), new PluginIdentity(view.id(), view.version()));
    }

    /** They are described by what describes them to clients, and can't be called here. */
    private static List<Tool> tools(VersionView view) {
        return view.tools().stream()
                .map(tool -> Tool.of(tool.name(), tool.description(), tool.inputSchema(), call -> {
                            throw new IllegalStateException("'" + tool.name() + "' is not called here.");
                        })
                        .requiring(tool.permissions().toArray(String[]::new)))
                .toList();
    }

    private byte[] bytes(Map<String, Object> metadata) {
        try {
            return json.write(metadata).text().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
