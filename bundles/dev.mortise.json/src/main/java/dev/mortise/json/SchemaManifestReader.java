// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.ManifestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Reads {@code plugin.json} by its schema and by what a schema can't say. */
@Component
public final class SchemaManifestReader implements ManifestReader {
    private final ManifestText text = new ManifestText();
    private @Nullable ManifestSchema schema;

    @Override
    public Result read(byte[] document) {
        ManifestText.Result result = text.read(document);
        if (result instanceof ManifestText.Result.Garbage garbage) {
            return new Result.Invalid(List.of(garbage.problem()));
        }
        return judged((ManifestText.Result.Document) result);
    }

    private Result judged(ManifestText.Result.Document document) {
        List<ManifestProblem> problems = new ArrayList<>(schema().violations(document.node()));
        for (ManifestProblem problem : CrossChecks.of(document.node())) {
            // the schema's sentence about the same place is enough
            if (problems.stream().noneMatch(known -> known.pointer().equals(problem.pointer()))) {
                problems.add(problem);
            }
        }
        return problems.isEmpty()
                ? new Result.Valid(ManifestMapping.of(document.node(), document.compact()))
                : new Result.Invalid(id(document.node()), version(document.node()), problems);
    }

    // made at the first plugin: 0.3 s that no start without plugins has to wait for
    private synchronized ManifestSchema schema() {
        ManifestSchema known = schema == null ? new ManifestSchema() : schema;
        schema = known;
        return known;
    }

    private static Optional<PluginId> id(JsonNode json) {
        return Optional.of(json.path("id").asText("")).filter(PluginId::valid).map(PluginId::new);
    }

    private static Optional<Version> version(JsonNode json) {
        return Optional.of(json.path("version").asText(""))
                .filter(Version::valid)
                .map(Version::new);
    }
}
