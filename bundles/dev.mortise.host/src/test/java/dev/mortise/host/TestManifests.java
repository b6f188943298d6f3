// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.kernel.port.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A reader of tiny manifests: id, version, locations and whether there is a command; the key "bad" breaks the schema. */
public final class TestManifests {
    private TestManifests() {}

    /** Answers the reader. */
    public static ManifestReader reader() {
        return document -> {
            String json = new String(document, StandardCharsets.UTF_8);
            if (value(json, "id").isEmpty()) {
                return new ManifestReader.Result.Invalid(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new Problem.ManifestProblem("/id", "/id is missing.", "Add it.")));
            }
            PluginId id = new PluginId(value(json, "id").orElseThrow());
            Version version = new Version(value(json, "version").orElseThrow());
            return json.contains("\"bad\"")
                    ? new ManifestReader.Result.Invalid(
                            Optional.of(id),
                            Optional.of(version),
                            List.of(new Problem.ManifestProblem("/bad", "/bad is unknown.", "Remove it.")))
                    : new ManifestReader.Result.Valid(manifest(id, version, json));
        };
    }

    private static PluginManifest manifest(PluginId id, Version version, String json) {
        Set<String> locations = List.of("bundle", "worker", "remote").stream()
                .filter(place -> json.contains('"' + place + '"'))
                .collect(Collectors.toSet());
        List<String> command = json.contains("\"command\"") ? List.of("node", "main.js") : List.of();
        return new PluginManifest(
                id,
                id.value(),
                version,
                "",
                new VersionRange("*"),
                List.of(),
                List.of(),
                new RuntimeDeclaration(
                        locations.isEmpty() ? Set.of("bundle") : locations,
                        RuntimeDeclaration.Scope.TENANT,
                        1,
                        List.of(),
                        command,
                        false,
                        false),
                Map.of(),
                ConfigSchema.NONE,
                json);
    }

    private static Optional<String> value(String json, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\":\"([^\"]*)\"").matcher(json);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
