// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds a plugin: {@code plugin("reports").needs("inventory.products", "^2.0.0").offers("reports.generator")}. What is
 * not said is as plain as can be: version 1.0.0, any host. Texts are kept as given, so that {@link #json} can be wrong;
 * {@link #manifest} and {@link #candidate} throw then.
 */
public final class PluginBuilder {
    private final String id;
    private String version = "1.0.0";
    private String name;
    private String description = "";
    private String host = "*";
    private final List<ServiceText> services = new ArrayList<>();
    private final List<Need> needs = new ArrayList<>();
    private final Set<String> locations = new LinkedHashSet<>();
    private boolean coexists;
    private RuntimeDeclaration.Scope scope = RuntimeDeclaration.Scope.TENANT;
    private final Map<String, Set<String>> readers = new LinkedHashMap<>();
    private ConfigSchema config = ConfigSchema.NONE;
    private final Map<String, Object> more = new LinkedHashMap<>();

    private PluginBuilder(String id) {
        this.id = id;
        this.name = id;
    }

    private record Need(String plugin, String service, String range, boolean required) {
        Dependency dependency() {
            return new Dependency(
                    new PluginId(plugin), new ServiceName(service), new VersionRange(range), required, "");
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("pluginId", plugin);
            json.put("serviceName", service);
            json.put("version", range);
            if (!required) {
                json.put("required", false);
            }
            return json;
        }
    }

    /** Starts a plugin. */
    public static PluginBuilder plugin(String id) {
        return new PluginBuilder(id);
    }

    /** Sets the version. */
    public PluginBuilder version(String text) {
        version = text;
        return this;
    }

    /** Sets the name that people see; the id when not called. */
    public PluginBuilder named(String text) {
        name = text;
        return this;
    }

    /** Sets the description. */
    public PluginBuilder described(String text) {
        description = text;
        return this;
    }

    /** Sets the range of Mortise versions. */
    public PluginBuilder host(String range) {
        host = range;
        return this;
    }

    /** Offers a service in version 1.0.0 with one endpoint, GET of its last word. */
    public PluginBuilder offers(String service) {
        return offers(service, "1.0.0");
    }

    /** Offers a service with one endpoint, GET of its last word. */
    public PluginBuilder offers(String service, String serviceVersion) {
        return offers(service, serviceVersion, "GET /" + service.substring(service.lastIndexOf('.') + 1));
    }

    /** Offers a service with endpoints such as {@code "GET /products/{id}"}. */
    public PluginBuilder offers(String service, String serviceVersion, String first, String... others) {
        List<EndpointBuilder> endpoints = new ArrayList<>();
        endpoints.add(EndpointBuilder.endpoint(first));
        Arrays.stream(others).map(EndpointBuilder::endpoint).forEach(endpoints::add);
        services.add(new ServiceText(service, serviceVersion, endpoints));
        return this;
    }

    /** Offers a service with endpoints that say more than method and path. */
    public PluginBuilder offers(
            String service, String serviceVersion, EndpointBuilder first, EndpointBuilder... others) {
        List<EndpointBuilder> endpoints = new ArrayList<>(List.of(others));
        endpoints.add(0, first);
        services.add(new ServiceText(service, serviceVersion, endpoints));
        return this;
    }

    /** Needs a service of the plugin that its first word names. */
    public PluginBuilder needs(String service, String range) {
        return needs(firstWord(service), service, range);
    }

    /** Needs a service of the named plugin. */
    public PluginBuilder needs(String plugin, String service, String range) {
        needs.add(new Need(plugin, service, range, true));
        return this;
    }

    /** Would use a service of the plugin that its first word names: an optional dependency. */
    public PluginBuilder wants(String service, String range) {
        return wants(firstWord(service), service, range);
    }

    /** Would use a service of the named plugin: an optional dependency. */
    public PluginBuilder wants(String plugin, String service, String range) {
        needs.add(new Need(plugin, service, range, false));
        return this;
    }

    /** Sets where it may run; bundle when not called. */
    public PluginBuilder runsAs(String... where) {
        locations.addAll(List.of(where));
        return this;
    }

    /** Lets one process serve all tenants. */
    public PluginBuilder forAllTenants() {
        scope = RuntimeDeclaration.Scope.CONTAINER;
        return this;
    }

    /** Lets several majors run side by side. */
    public PluginBuilder coexists() {
        coexists = true;
        return this;
    }

    /** Lets only these plugins, beside itself, read a namespace of shared data. */
    public PluginBuilder shares(String namespace, String... onlyWith) {
        readers.put(namespace, Set.of(onlyWith));
        return this;
    }

    /** Sets the fields and methods of the manifest; {@link #json} needs them as keys {@code config} and {@code auth} besides. */
    public PluginBuilder config(ConfigSchema schema) {
        config = schema;
        return this;
    }

    /** Sets any other key of {@code plugin.json}, known or not: a text, number, boolean, list or map. */
    public PluginBuilder with(String key, Object value) {
        more.put(key, value);
        return this;
    }

    /** Answers {@code plugin.json}. */
    public String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("name", name);
        json.put("version", version);
        json.put("description", description);
        json.put("host", host);
        json.put(
                "api",
                Map.of(
                        "services", services.stream().map(ServiceText::json).toList(),
                        "dependencies", needs.stream().map(Need::json).toList()));
        if (!locations.isEmpty() || coexists) {
            json.put(
                    "runtime",
                    Map.of(
                            "locations",
                            locations.isEmpty() ? List.of("bundle") : locations,
                            "scope",
                            scope.name().toLowerCase(Locale.ROOT),
                            "coexist",
                            coexists));
        }
        if (!readers.isEmpty()) {
            Map<String, Object> shared = new LinkedHashMap<>();
            readers.forEach((namespace, ids) -> shared.put(namespace, Map.of("readers", List.copyOf(ids))));
            json.put("sharedData", shared);
        }
        json.putAll(more);
        return JsonText.of(json);
    }

    /** Answers the manifest as the reader of plugin.json would. */
    public PluginManifest manifest() {
        return new PluginManifest(
                new PluginId(id),
                name,
                new Version(version),
                description,
                new VersionRange(host),
                services.stream().map(ServiceText::declaration).toList(),
                needs.stream().map(Need::dependency).toList(),
                new RuntimeDeclaration(
                        locations.isEmpty() ? Set.of("bundle") : locations,
                        scope,
                        1,
                        List.of(),
                        List.of(),
                        false,
                        coexists),
                readers,
                config,
                json());
    }

    /** Answers a candidate of a plan. */
    public Candidate candidate() {
        return new Candidate(manifest(), Digests.of(json()), Optional.empty());
    }

    /** Answers a candidate that something else keeps from starting. */
    public Candidate blockedBy(Problem problem) {
        return new Candidate(manifest(), Digests.of(json()), Optional.of(problem));
    }

    /** Starts the jar of this plugin. */
    public PluginJar jar() {
        return PluginJar.of(id, version, json());
    }

    private static String firstWord(String service) {
        int dot = service.indexOf('.');
        return dot < 0 ? service : service.substring(0, dot);
    }
}
