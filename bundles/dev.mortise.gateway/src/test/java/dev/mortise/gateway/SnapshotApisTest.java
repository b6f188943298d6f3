// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static dev.mortise.gateway.TestPlugin.products;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.Routing;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotApisTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0, description: Our shop.}\n";

    private final TestGateway gateway = TestGateway.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void describesAPluginByItsManifest() {
        gateway.put(inventory());

        JsonNode apis = apis();

        JsonNode paths = apis.path("paths");
        assertThat(paths.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/api/v1/p/inventory/products",
                        "/api/v1/p/inventory/products/{product}",
                        "/api/v1/p/inventory/internal");
        JsonNode post = paths.at("/~1api~1v1~1p~1inventory~1products/post");
        assertThat(post.path("operationId").asText()).isEqualTo("inventory.postProducts");
        assertThat(post.path("tags").toString()).isEqualTo("[\"inventory\"]");
        assertThat(post.path("x-mortise-permissions").toString()).isEqualTo("[\"inventory.write\"]");
        assertThat(post.path("x-mortise-service").asText()).isEqualTo("inventory.products 1.0.0");
        assertThat(post.path("responses").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("2XX", "401", "403", "404", "429", "503", "504", "default");
        assertThat(statuses(paths.at("/~1api~1v1~1p~1inventory~1internal/get")))
                .containsExactlyInAnyOrder("2XX", "401", "404", "503", "504", "default");
        JsonNode get = paths.at("/~1api~1v1~1p~1inventory~1products~1{product}/get");
        assertThat(get.path("operationId").asText()).isEqualTo("inventory.getProductsByProduct");
        assertThat(get.at("/parameters/0/name").asText()).isEqualTo("product");
        assertThat(apis.at("/tags/0/name").asText()).isEqualTo("inventory");
    }

    @Test
    void saysWhatIsOpenSlowOrStreaming() {
        gateway.put(plugin("site")
                .open("GET", "/")
                .within("GET", "/slow", Duration.ofSeconds(5))
                .streaming("GET", "/events")
                .saying(Map.of())
                .offers("site.pages", "1.0.0")
                .route("GET", "/", request -> Response.status(204))
                .route("GET", "/slow", request -> Response.status(204))
                .route("GET", "/events", request -> Response.status(204))
                .route("PROPFIND", "/slow", request -> Response.status(204)));

        JsonNode paths = apis().path("paths");

        assertThat(paths.at("/~1api~1v1~1p~1site/get/security").toString()).isEqualTo("[]");
        assertThat(statuses(paths.at("/~1api~1v1~1p~1site/get")))
                .containsExactlyInAnyOrder("2XX", "503", "504", "default");
        assertThat(paths.at("/~1api~1v1~1p~1site~1slow/get/x-mortise-timeout-ms")
                        .asInt())
                .isEqualTo(5000);
        assertThat(paths.at("/~1api~1v1~1p~1site~1slow/get").has("security")).isFalse();
        assertThat(paths.at("/~1api~1v1~1p~1site~1events/get/x-mortise-streaming")
                        .asBoolean())
                .isTrue();
        assertThat(paths.path("/api/v1/p/site/slow")).hasSize(1);
    }

    @Test
    void takesADocumentAsFarAsThereAreRoutes() {
        TestPlugin shop = inventory().loader(shipping(HEAD + """
                paths:
                  /products/{id}:
                    summary: One product
                    get: {operationId: postProducts, responses: {200: {description: One}, 503: {description: Mine}}}
                    delete: {responses: {204: {description: Gone}}}
                  /products/{sku}: {get: {responses: {200: {description: Same path}}}}
                  /nowhere: {get: {responses: {200: {description: Nothing}}}}
                """));
        gateway.put(shop);

        JsonNode paths = apis().path("paths");

        assertThat(paths).hasSize(3);
        JsonNode item = paths.path("/api/v1/p/inventory/products/{id}");
        assertThat(item.fieldNames()).toIterable().containsExactly("summary", "get");
        assertThat(item.at("/get/parameters/0/name").asText()).isEqualTo("id");
        assertThat(item.at("/get/responses/503/description").asText()).isEqualTo("Mine");
        assertThat(item.at("/get/responses/401/$ref").asText()).isEqualTo("#/components/responses/Unauthenticated");
        assertThat(paths.findValuesAsText("operationId"))
                .contains("inventory.postProducts", "inventory.postProducts2")
                .doesNotHaveDuplicates();
        assertThat(apis().at("/tags/0/description").asText()).isEqualTo("inventory 1.0.0: Our shop.");
        assertThat(warnings(shop))
                .containsExactly("openapi.yaml describes DELETE /products/{id}, GET /products/{sku}, GET /nowhere, for"
                        + " which the plugin has no route. They are left out of /openapi.json.");
    }

    @Test
    void declaresAPathParameterOnce() {
        gateway.put(inventory().loader(shipping(HEAD + """
                paths:
                  /products/{id}: {get: {parameters: [{$ref: '#/components/parameters/id'}], responses: {200: {description: d}}}}
                components: {parameters: {id: {name: id, in: path, required: true, schema: {type: string}}}}
                """)));

        assertThat(apis().at("/paths/~1api~1v1~1p~1inventory~1products~1{id}/get/parameters"))
                .hasSize(1);
        assertThat(apis().at("/components/parameters").has("inventory.id")).isTrue();
    }

    @Test
    void derivesWhereTheDocumentIsBad() {
        TestPlugin bad = inventory().loader(shipping("openapi: ["));
        gateway.put(bad);

        assertThat(apis().path("paths")).hasSize(3);
        assertThat(warnings(bad)).singleElement().asString().startsWith("openapi.yaml is not used: ");
        assertThat(warnings(inventory())).isEmpty();
    }

    @Test
    void followsWhatServes() {
        gateway.put(inventory(), plugin("other").route("GET", "/x", request -> Response.status(204)));
        long before = gateway.apis.serving(Optional.empty()).revision();

        gateway.put(inventory().in(PluginState.DEGRADED, "It limps."));
        assertThat(gateway.apis.serving(Optional.empty()).revision()).isEqualTo(before);

        gateway.put(inventory().in(PluginState.WAITING, "It waits."));
        assertThat(gateway.apis.serving(Optional.empty()).revision()).isGreaterThan(before);
        assertThat(apis().path("paths")).hasSize(1);
        gateway.remove("other");
        assertThat(apis().path("paths")).isEmpty();
    }

    @Test
    void showsATenantOnlyWhatItHas() {
        OpenTenantPlugins installed = new OpenTenantPlugins();
        gateway.neighbours.bindTenantPlugins(installed);
        gateway.put(inventory(), plugin("other").route("GET", "/x", request -> Response.status(204)));
        Optional<TenantId> acme = Optional.of(new TenantId("acme"));
        assertThat(gateway.apis.serving(acme)).isSameAs(gateway.apis.serving(Optional.empty()));

        installed.stand("acme", "inventory", Standing.ABSENT);

        assertThat(gateway.apis.serving(acme).paths()).containsOnlyKeys("/api/v1/p/other/x");
        assertThat(gateway.apis.serving(acme)).isSameAs(gateway.apis.serving(acme));
        assertThat(gateway.apis.serving(acme).revision())
                .isNotEqualTo(gateway.apis.serving(Optional.empty()).revision());
        assertThat(gateway.apis.serving(Optional.empty()).paths()).hasSize(4);
    }

    @Test
    void showsTheFaceOfAPluginAlone() {
        gateway.put(
                products("1.0.0").route("GET", "/old", request -> Response.status(204)),
                products("2.0.0").route("GET", "/new", request -> Response.status(204)));

        assertThat(apis().path("paths").has("/api/v1/p/inventory/new")).isTrue();
        assertThat(apis().path("paths").has("/api/v1/p/inventory/old")).isFalse();
    }

    @Test
    void keepsNoCodeOfAPluginThatIsGone() {
        WeakReference<ClassLoader> loader = describedAndRemoved();

        Awaitility.await().until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    private WeakReference<ClassLoader> describedAndRemoved() {
        TestPlugin plugin = inventory();
        gateway.put(plugin);
        assertThat(apis().path("paths")).hasSize(3);
        gateway.remove("inventory");
        return new WeakReference<>(plugin.loader());
    }

    private static List<String> statuses(JsonNode operation) {
        List<String> statuses = new ArrayList<>();
        operation.path("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    private List<String> warnings(TestPlugin plugin) {
        Routing.Entry entry = plugin.entry();
        return gateway.apis.warnings(entry.manifest(), entry.files(), entry.routes());
    }

    private JsonNode apis() {
        return JSON.valueToTree(gateway.apis.serving(Optional.empty()));
    }

    private static ClassLoader shipping(String yaml) {
        return new ClassLoader() {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                return List.of("openapi.yaml").contains(name)
                        ? new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))
                        : null;
            }
        };
    }
}
