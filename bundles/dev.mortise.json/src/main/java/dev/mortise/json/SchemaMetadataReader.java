// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.kernel.port.MetadataReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Judges metadata by the schema of {@code plugin.json}, once what comes beside that is taken out. */
@Component
public final class SchemaMetadataReader implements MetadataReader {
    private static final List<String> BESIDE = List.of("routes", "tools", "protocol");
    private static final Set<String> ROUTE = Set.of("method", "path");

    private final ManifestText text = new ManifestText();
    private final ManifestReader manifests;

    /** Made by DS. */
    @Activate
    public SchemaMetadataReader(@Reference ManifestReader manifests) {
        this.manifests = manifests;
    }

    @Override
    public Result read(byte[] document, PluginIdentity expected) {
        ManifestText.Result result = text.read(document);
        if (result instanceof ManifestText.Result.Garbage garbage) {
            return new Result.Bad(garbage.problem().message());
        }
        ManifestText.Result.Document good = (ManifestText.Result.Document) result;
        return beside(good.node())
                .or(() -> manifest(good.node().deepCopy().remove(BESIDE), expected))
                .<Result>map(Result.Bad::new)
                .orElseGet(() -> new Result.Good(good.compact()));
    }

    private static Optional<String> beside(ObjectNode metadata) {
        JsonNode routes = metadata.path("routes");
        if (!routes.isArray() || !routes.valueStream().allMatch(SchemaMetadataReader::route)) {
            return Optional.of("'/routes' is no list of objects with the texts 'method' and 'path'.");
        }
        JsonNode tools = metadata.path("tools");
        if (!tools.isArray() || !tools.valueStream().allMatch(JsonNode::isObject)) {
            return Optional.of("'/tools' is no list of objects.");
        }
        JsonNode protocol = metadata.path("protocol");
        return protocol.isIntegralNumber() && protocol.asLong() > 0
                ? Optional.empty()
                : Optional.of("'/protocol' is no whole number from 1 on.");
    }

    private static boolean route(JsonNode route) {
        return route.isObject()
                && route.size() == ROUTE.size()
                && ROUTE.stream().allMatch(key -> route.path(key).isTextual());
    }

    private Optional<String> manifest(ObjectNode rest, PluginIdentity expected) {
        ManifestReader.Result result = manifests.read(rest.toString().getBytes(StandardCharsets.UTF_8));
        if (result instanceof ManifestReader.Result.Invalid invalid) {
            return Optional.of(invalid.problems().get(0).message());
        }
        PluginIdentity said = ((ManifestReader.Result.Valid) result).manifest().identity();
        return said.equals(expected)
                ? Optional.empty()
                : Optional.of("It speaks of %s, and %s is expected.".formatted(said, expected));
    }
}
