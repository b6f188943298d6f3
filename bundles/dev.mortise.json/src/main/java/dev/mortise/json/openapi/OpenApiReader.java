// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import dev.mortise.kernel.model.ApiDocument;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.ApiDocumentReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Reads OpenAPI 3.0 and 3.1 in JSON or YAML. */
@Component
public final class OpenApiReader implements ApiDocumentReader {
    private @Nullable OpenApiSchema schema;

    @Override
    public Result read(PluginId plugin, String file, byte[] bytes) {
        try {
            Map<String, Object> document = Raising.raised(DocumentText.read(file, bytes));
            schema().require(document);
            return new Result.Usable(moved(plugin, document));
        } catch (UnusableDocument e) {
            return new Result.Unusable(e.reason().endsWith(".") ? e.reason() : e.reason() + ".");
        }
    }

    // made at the first document: time that no start without one has to wait for
    private synchronized OpenApiSchema schema() {
        OpenApiSchema known = schema == null ? new OpenApiSchema() : schema;
        schema = known;
        return known;
    }

    private static ApiDocument moved(PluginId plugin, Map<String, Object> document) throws UnusableDocument {
        References references = new References(plugin, document);
        Moving moving = new Moving(references);
        Map<String, Map<String, Object>> components = new LinkedHashMap<>();
        for (String kind : Tree.optional(document, "components").keySet()) {
            if (!kind.equals("securitySchemes") && !kind.startsWith("x-")) {
                components.put(kind, components(kind, document, references, moving));
            }
        }
        return new ApiDocument(
                String.valueOf(Tree.optional(document, "info").getOrDefault("description", "")),
                paths(Tree.optional(document, "paths"), moving),
                components);
    }

    private static Map<String, Object> components(
            String kind, Map<String, Object> document, References references, Moving moving) throws UnusableDocument {
        Map<String, Object> named = new LinkedHashMap<>();
        moving.names(Tree.optional(Tree.optional(document, "components"), kind), kind, "/components/" + kind)
                .forEach((name, component) -> named.put(references.named(name), component));
        return named;
    }

    private static Map<String, Map<String, Object>> paths(Map<String, Object> old, Moving moving)
            throws UnusableDocument {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> path :
                moving.names(old, "paths", "/paths").entrySet()) {
            if (path.getKey().startsWith("/")) {
                Map<String, Object> item = Tree.object(path.getValue(), "'" + path.getKey() + "'");
                if (item.containsKey("$ref")) {
                    throw new UnusableDocument("the path '" + path.getKey() + "' is a reference. Write it out");
                }
                paths.put(path.getKey(), item);
            }
        }
        return paths;
    }
}
