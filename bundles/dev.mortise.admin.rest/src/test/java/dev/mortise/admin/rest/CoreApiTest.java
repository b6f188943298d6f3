// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description of the core's API says what there is, and nothing else. */
class CoreApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_OTHERS = Set.of(
            "GET /health",
            "GET /health/live",
            "GET /health/ready",
            "GET /metrics",
            "POST /mcp",
            "GET /mcp",
            "DELETE /mcp");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final CoreApi core = CoreApi.read(new JacksonJsonFactory().lenient());

    @Test
    void describesEveryRouteOfThisBundleAndNoOther() throws Exception {
        List<String> routes = new ArrayList<>(OF_OTHERS);
        for (RouteProvider provider : providers()) {
            provider.routes().stream()
                    .filter(route -> !route.path().startsWith("/docs"))
                    .map(CoreApiTest::line)
                    .forEach(routes::add);
        }

        assertThat(operations(core)).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void hidesAdministration() {
        assertThat(operations(core.withoutAdministration()))
                .containsExactlyInAnyOrder(
                        "GET /health",
                        "GET /health/live",
                        "GET /health/ready",
                        "GET /openapi.json",
                        "POST /mcp",
                        "GET /mcp",
                        "DELETE /mcp",
                        "GET /api/v1/services/list",
                        "GET /api/v1/services/discover",
                        "POST /api/v1/services/register",
                        "POST /api/v1/services/heartbeat",
                        "DELETE /api/v1/services/deregister",
                        "PUT /api/v1/services/{id}/health",
                        "GET /api/v1/shared-data/get",
                        "GET /api/v1/shared-data/list",
                        "GET /api/v1/shared-data/watch",
                        "POST /api/v1/shared-data/set",
                        "POST /api/v1/shared-data/cas",
                        "POST /api/v1/shared-data/increment",
                        "POST /api/v1/shared-data/clear",
                        "DELETE /api/v1/shared-data/delete");
    }

    @Test
    void definesWhatThePluginsReferTo() {
        JsonNode components = JSON.valueToTree(core.members("components"));

        assertThat(components.path("securitySchemes").has(PluginApis.SCHEME)).isTrue();
        assertThat(components.path("responses").fieldNames()).toIterable().containsAll(PluginApis.RESPONSES.values());
    }

    @Test
    void refersToNothingThatIsNotThere() {
        JsonNode document = JSON.valueToTree(core.document());

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allMatch(reference -> document.at(reference.substring(1)).isObject());
        assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
    }

    private static List<String> operations(CoreApi core) {
        List<String> operations = new ArrayList<>();
        JSON.valueToTree(core.members("paths"))
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    private static String line(Route route) {
        return route.method() + " " + route.path();
    }

    /** Makes every provider that has a component description, with nobody behind it: routes are told without asking. */
    private static List<RouteProvider> providers() throws Exception {
        List<RouteProvider> providers = new ArrayList<>();
        for (String name : components()) {
            Class<?> type = Class.forName(name);
            if (RouteProvider.class.isAssignableFrom(type)) {
                var maker = type.getConstructors()[0];
                Object[] nobody = Arrays.stream(maker.getParameterTypes())
                        .map(CoreApiTest::nobody)
                        .toArray();
                providers.add((RouteProvider) maker.newInstance(nobody));
            }
        }
        assertThat(providers).hasSizeGreaterThan(8);
        return providers;
    }

    private static Object nobody(Class<?> type) {
        return type == JsonFactory.class
                ? new JacksonJsonFactory()
                : Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName() + " is asked for before any request.");
                });
    }

    private static List<String> components() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/classes/OSGI-INF"))) {
            return files.map(file -> file.getFileName().toString().replace(".xml", ""))
                    .toList();
        }
    }
}
