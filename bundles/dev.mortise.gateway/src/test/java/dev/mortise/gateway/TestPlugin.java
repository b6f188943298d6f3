// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.tool.Tool;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PathTemplate;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.kernel.port.Routing;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plugin as the host would hand it to the gateway. */
final class TestPlugin {
    static final Instant SINCE = Instant.parse("2026-11-21T12:00:03Z");

    private final String id;
    private String version = "1.0.0";
    private PluginState state = PluginState.READY;
    private String reason = "";
    private boolean coexist;
    private String location = "bundle";
    private ClassLoader loader = new URLClassLoader(new URL[0], TestPlugin.class.getClassLoader());
    private final List<ServiceDeclaration> services = new ArrayList<>();
    private final List<EndpointDeclaration> endpoints = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private Routing.Tools tools = Routing.Tools.NONE;
    private Map<String, String> metadata = Map.of("rateLimit", "1000000");

    private TestPlugin(String id) {
        this.id = id;
    }

    static TestPlugin plugin(String id) {
        return new TestPlugin(id);
    }

    /** Offers inventory.products with one endpoint that needs a permission, one that does not, and a plain route. */
    static TestPlugin inventory() {
        return plugin("inventory")
                .endpoint("GET", "/products", "inventory.read")
                .endpoint("POST", "/products", "inventory.write")
                .endpoint("GET", "/products/:id")
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products", request -> Response.text("products"))
                .route("POST", "/products", request -> Response.status(201))
                .route("GET", "/products/{product}", request -> Response.text(request.pathParameter("product")))
                .route("GET", "/internal", request -> Response.text("internal"));
    }

    /** Offers inventory.products in the plugin's own version, which its one endpoint answers; stands beside other majors. */
    static TestPlugin products(String version) {
        return plugin("inventory")
                .version(version)
                .coexist()
                .endpoint("GET", "/version")
                .offers("inventory.products", version)
                .route("GET", "/version", request -> Response.text(version));
    }

    TestPlugin version(String text) {
        version = text;
        return this;
    }

    /** Lets several majors run side by side. */
    TestPlugin coexist() {
        coexist = true;
        return this;
    }

    /** Lets no other version stand beside it. */
    TestPlugin alone() {
        coexist = false;
        return this;
    }

    TestPlugin in(PluginState wanted, String why) {
        state = wanted;
        reason = why;
        return this;
    }

    TestPlugin loader(ClassLoader wanted) {
        loader = wanted;
        return this;
    }

    TestPlugin endpoint(String method, String path, String... permissions) {
        return endpoint(method, path, false, Optional.empty(), permissions);
    }

    TestPlugin open(String method, String path, String... permissions) {
        return endpoint(method, path, true, Optional.empty(), permissions);
    }

    TestPlugin within(String method, String path, Duration timeout) {
        return endpoint(method, path, false, Optional.of(timeout));
    }

    TestPlugin streaming(String method, String path) {
        endpoints.add(new EndpointDeclaration(
                method, PathTemplate.parse(path), "", Set.of(), false, Repeats.safely(method), true, Optional.empty()));
        return this;
    }

    private TestPlugin endpoint(
            String method, String path, boolean open, Optional<Duration> timeout, String... permissions) {
        endpoints.add(new EndpointDeclaration(
                method,
                PathTemplate.parse(path),
                "",
                Set.of(permissions),
                open,
                Repeats.safely(method),
                false,
                timeout));
        return this;
    }

    /** Declares an endpoint that says itself whether its requests may be repeated. */
    TestPlugin endpoint(String method, String path, boolean idempotent) {
        endpoints.add(new EndpointDeclaration(
                method, PathTemplate.parse(path), "", Set.of(), false, idempotent, false, Optional.empty()));
        return this;
    }

    /** Says more of the services that follow. */
    TestPlugin saying(Map<String, String> more) {
        metadata = more;
        return this;
    }

    /** Offers the endpoints so far as a service. */
    TestPlugin offers(String service, String serviceVersion) {
        services.add(
                new ServiceDeclaration(new ServiceName(service), new Version(serviceVersion), "", endpoints, metadata));
        endpoints.clear();
        return this;
    }

    TestPlugin needs(String plugin, String service, String range) {
        return dependsOn(plugin, service, range, true);
    }

    TestPlugin mayUse(String plugin, String service, String range) {
        return dependsOn(plugin, service, range, false);
    }

    private TestPlugin dependsOn(String plugin, String service, String range, boolean required) {
        dependencies.add(new Dependency(
                new PluginId(plugin), new ServiceName(service), new VersionRange(range), required, "for the test"));
        return this;
    }

    /** Runs in another place. */
    TestPlugin at(String other) {
        location = other;
        return this;
    }

    TestPlugin route(String method, String path, Handler handler) {
        routes.add(new Route(method, path, handler));
        return this;
    }

    PluginManifest manifest() {
        return new PluginManifest(
                new PluginId(id),
                id,
                new Version(version),
                "",
                new VersionRange("*"),
                services,
                dependencies,
                RuntimeDeclaration.DEFAULT.coexisting(coexist),
                Map.of(),
                ConfigSchema.NONE,
                "{}");
    }

    PluginIdentity identity() {
        return manifest().identity();
    }

    TestPlugin withTools(Tool... offered) {
        tools = new Routing.Tools.Here(List.of(offered));
        return this;
    }

    /** Answers the same for the same version. */
    Digest digest() {
        return new Digest("%064x".formatted(identity().toString().hashCode() & 0xFFFFFFFFL));
    }

    ClassLoader loader() {
        return loader;
    }

    Routing.Entry entry() {
        return new Routing.Entry(
                manifest(),
                digest(),
                state,
                reason,
                SINCE,
                location,
                loader,
                name -> Optional.ofNullable(loader.getResourceAsStream(name)),
                state.serves() ? routes : List.of(),
                state.serves() ? tools : Routing.Tools.NONE);
    }
}
