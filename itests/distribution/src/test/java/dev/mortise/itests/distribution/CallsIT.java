// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to services over HTTP, with credentials of plugins, tenants and nobody. */
final class CallsIT {
    private static final Product PRODUCT = Product.find();
    private static final String SERVICE = "/api/v1/s/inventory.products";

    @AutoClose
    private static Container container;

    private static Client reports;
    private static Client user;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.drop(PRODUCT.example("reports"), "reports.jar");
        container.awaitState("reports", "READY");
        container.awaitState("worker-token", "READY");
        reports = PluginClients.of(container, "reports", "default");
        user = container
                .anonymous()
                .token(container
                        .client()
                        .post(
                                "/api/v1/p/worker-token/tokens",
                                "{\"name\":\"user\",\"permissions\":[\"plugin.inventory.products.read\"]}")
                        .json()
                        .path("token")
                        .asText());
    }

    @Test
    void aPluginCallsTheServiceThatItDeclares() {
        Answer answer = reports.get(SERVICE + "/products?take=1");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().has("total")).isTrue();
    }

    @Test
    void anUndeclaredServiceIsForbidden() {
        Answer answer = reports.get("/api/v1/s/worker-token.tokens/tokens");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("DEPENDENCY_NOT_DECLARED");
    }

    @Test
    void anUnknownEndpointIsAnsweredWithThoseThereAre() {
        Answer answer = reports.get(SERVICE + "/boxes");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("ENDPOINT_NOT_FOUND");
        assertThat(answer.json().path("alternatives").toString()).contains("GET /products");
    }

    @Test
    void aUserIsSentToThePluginsAddress() {
        Answer answer = user.get(SERVICE + "/products");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("/api/v1/p/inventory/products");
        assertThat(user.get("/api/v1/p/inventory/products").status()).isEqualTo(200);
    }

    @Test
    void nobodyIsAskedForACredential() {
        Answer answer = container.anonymous().get(SERVICE + "/products");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void theTenantIsTheIdentitys() {
        Answer other = user.tenant("other").get("/api/v1/p/inventory/products");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.code()).isEqualTo("TENANT_MISMATCH");

        Answer none = container.admin().get("/api/v1/p/inventory/products");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.code()).isEqualTo("TENANT_REQUIRED");
    }

    @Test
    void adminNeedsAnAdmin() {
        assertThat(container.anonymous().get("/api/v1/plugins").status()).isEqualTo(401);
        assertThat(user.get("/api/v1/plugins").status()).isEqualTo(403);
        assertThat(container.admin().get("/api/v1/plugins").status()).isEqualTo(200);
    }

    @Test
    void unknownPathsAreNamed() {
        assertThat(container.client().get("/api/v1/p/nobody/things").code()).isEqualTo("PLUGIN_NOT_FOUND");
        assertThat(container.client().get("/api/v1/p/inventory/boxes").code()).isEqualTo("ROUTE_NOT_FOUND");
        Answer method = container.client().send("PATCH", "/api/v1/p/inventory/products", "{}");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET").contains("POST"));
    }

    @Test
    void theRegistryListsEveryService() {
        var list = container.admin().get("/api/v1/services/list").json();

        assertThat(list.path("services").findValuesAsText("serviceName"))
                .contains("inventory.products", "inventory.categories", "reports.generator", "worker-token.tokens");
        assertThat(list.path("services").findValuesAsText("status")).containsOnly("HEALTHY");
        assertThat(list.path("count").asInt()).isEqualTo(list.path("services").size());
    }
}
