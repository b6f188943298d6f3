// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Turns a document that keeps to the schema into the manifest, with the schema's defaults for what it leaves out. */
final class ManifestMapping {
    // RFC 9110, section 9.2.2.
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    private ManifestMapping() {}

    static PluginManifest of(JsonNode json, String compact) {
        return new PluginManifest(
                new PluginId(json.path("id").asText()),
                json.path("name").asText(),
                new Version(json.path("version").asText()),
                json.path("description").asText(""),
                new VersionRange(json.path("host").asText("*")),
                list(json.at("/api/services"), ManifestMapping::service),
                list(json.at("/api/dependencies"), ManifestMapping::dependency),
                runtime(json.path("runtime")),
                sharedReaders(json.path("sharedData")),
                ConfigMapping.of(json),
                compact);
    }

    private static RuntimeDeclaration runtime(JsonNode json) {
        RuntimeDeclaration otherwise = RuntimeDeclaration.DEFAULT;
        Set<String> locations = new LinkedHashSet<>(texts(json.path("locations")));
        return new RuntimeDeclaration(
                locations.isEmpty() ? otherwise.locations() : locations,
                Scope.valueOf(
                        json.path("scope").asText(otherwise.scope().name()).toUpperCase(Locale.ROOT)),
                json.path("instances").asInt(otherwise.instances()),
                texts(json.path("env")),
                texts(json.path("command")),
                json.path("envSecrets").asBoolean(otherwise.envSecrets()),
                json.path("coexist").asBoolean(otherwise.coexist()));
    }

    private static Map<String, Set<String>> sharedReaders(JsonNode json) {
        Map<String, Set<String>> readers = new LinkedHashMap<>();
        json.properties()
                .forEach(namespace -> readers.put(
                        namespace.getKey(),
                        new LinkedHashSet<>(texts(namespace.getValue().path("readers")))));
        return readers;
    }

    private static ServiceDeclaration service(JsonNode json) {
        Map<String, String> metadata = new LinkedHashMap<>();
        json.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(
                        entry.getKey(),
                        entry.getValue().isTextual()
                                ? entry.getValue().asText()
                                : entry.getValue().toString()));
        return new ServiceDeclaration(
                new ServiceName(json.path("name").asText()),
                new Version(json.path("version").asText()),
                json.path("description").asText(""),
                list(json.path("endpoints"), ManifestMapping::endpoint),
                metadata);
    }

    private static EndpointDeclaration endpoint(JsonNode json) {
        String method = json.path("method").asText();
        JsonNode timeout = json.path("timeoutMs");
        return new EndpointDeclaration(
                method,
                PathTemplate.parse(json.path("path").asText()),
                json.path("description").asText(""),
                new LinkedHashSet<>(texts(json.path("permissions"))),
                json.path("access").asText("").equals("public"),
                json.path("idempotent").asBoolean(REPEATABLE.contains(method)),
                json.path("streaming").asBoolean(false),
                timeout.isNumber() ? Optional.of(Duration.ofMillis(timeout.asLong())) : Optional.empty());
    }

    private static Dependency dependency(JsonNode json) {
        return new Dependency(
                new PluginId(json.path("pluginId").asText()),
                new ServiceName(json.path("serviceName").asText()),
                new VersionRange(json.path("version").asText()),
                json.path("required").asBoolean(true),
                json.path("reason").asText(""));
    }

    private static List<String> texts(JsonNode array) {
        return list(array, JsonNode::asText);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> mapping) {
        List<T> values = new ArrayList<>();
        array.forEach(element -> values.add(mapping.apply(element)));
        return values;
    }
}
