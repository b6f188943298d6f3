// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The example {@code inventory} as a client of a tenant sees it. */
final class InventoryIT {
    private static final String PRODUCTS = "/api/v1/p/inventory/products";
    private static final String CATEGORIES = "/api/v1/p/inventory/categories";

    @AutoClose
    private static Container container;

    private static Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(Product.find(), folder.resolve("home")).awaitReady();
        container.drop(Product.find().example("inventory"), "inventory.jar");
        container.awaitState("inventory", "READY");
        client = container.client();
    }

    @Test
    void aProductIsMadeFoundReplacedAndDeleted() {
        Answer made = client.post(PRODUCTS, product("Saw", "saw-1", "19.90", "3"));
        assertThat(made.status()).isEqualTo(201);
        String address = PRODUCTS + "/" + made.json().at("/data/id").asText();
        assertThat(made.body()).contains("\"price\":19.9").contains("\"quantity\":3");
        assertThat(client.get(address).json()).isEqualTo(made.json());

        Answer replaced = client.send("PUT", address, product("Saw", "saw-2", "0.0001", "0"));
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().at("/data/sku").asText()).isEqualTo("saw-2");
        assertThat(replaced.body()).contains("\"price\":0.0001");

        assertThat(client.send("DELETE", address, "").status()).isEqualTo(204);
        assertThat(client.get(address).status()).isEqualTo(404);
        assertThat(client.send("DELETE", address, "").status()).isEqualTo(404);
        assertThat(client.send("PUT", address, product("Saw", "saw-3", "1", "1"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aListIsPagedAndSearched() {
        for (String name : new String[] {"Zinc", "zebra", "zircon"}) {
            assertThat(client.post(PRODUCTS, product(name + "%", "paged-" + name, "1", "1"))
                            .status())
                    .isEqualTo(201);
        }

        JsonNode page = client.get(PRODUCTS + "?search=PAGED-&skip=1&take=1").json();
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("data")).hasSize(1);
        assertThat(client.get(PRODUCTS + "?search=%25").json().path("total").asInt())
                .isEqualTo(3);
        assertThat(client.get(PRODUCTS + "?search=paged_").json().path("total").asInt())
                .isZero();
        assertThat(client.get(PRODUCTS + "?search=paged-&take=0").json().path("data"))
                .isEmpty();
    }

    @Test
    void aSkuIsTakenOnce() {
        assertThat(client.post(PRODUCTS, product("One", "taken", "1", "1")).status())
                .isEqualTo(201);
        Answer other = client.post(PRODUCTS, product("Other", "free", "1", "1"));

        Answer second = client.post(PRODUCTS, product("Two", "taken", "1", "1"));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("CONFLICT");
        assertThat(second.json().path("detail").asText()).contains("'taken'");
        String address = PRODUCTS + "/" + other.json().at("/data/id").asText();
        assertThat(client.send("PUT", address, product("Other", "taken", "1", "1"))
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"\",\"sku\":\"a\"}",
                "{\"name\":\"a\",\"sku\":\"a\",\"price\":-1}",
                "{\"name\":\"a\",\"sku\":\"a\",\"price\":\"cheap\"}",
                "{\"name\":\"a\",\"sku\":\"a\",\"price\":1e400}",
                "{\"name\":\"a\",\"sku\":\"a\",\"quantity\":-1}",
                "{\"name\":\"a\",\"sku\":\"a\",\"quantity\":1.5}",
                "{\"name\":\"a\",\"sku\":\"a\",\"quantity\":99999999999}",
                "{\"name\":\"a\\u0000\",\"sku\":\"a\"}",
                "{\"name\":\"a\",\"sku\":\"a\",\"colour\":\"red\"}",
                "[]",
                "not json",
                "null"
            })
    void whatIsNoProductIsRefused(String body) {
        Answer answer = client.post(PRODUCTS, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
    }

    @ParameterizedTest
    @CsvSource({
        "skip=-1,400",
        "take=1001,400",
        "take=many,400",
        "search=%00,400",
        "skip=99999999999,400",
        "skip=2147483647,200"
    })
    void whatIsNoPageIsRefused(String query, int status) {
        assertThat(client.get(PRODUCTS + "?" + query).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "nothing", "1-1-1-1-1"})
    void whatIsNoIdIsNotFound(String id) {
        Answer answer = client.get(PRODUCTS + "/" + id);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).contains("'" + id + "'");
        assertThat(client.get(PRODUCTS + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void categoriesAreListedByName() {
        assertThat(client.post(CATEGORIES, "{\"name\":\"Tools\"}").status()).isEqualTo(201);
        assertThat(client.post(CATEGORIES, "{\"name\":\"Boards\"}").status()).isEqualTo(201);

        assertThat(client.post(CATEGORIES, "{\"name\":\"Tools\"}").status()).isEqualTo(409);
        assertThat(client.post(CATEGORIES, "{\"name\":\" \"}").status()).isEqualTo(400);
        assertThat(client.get(CATEGORIES).json().path("data").findValuesAsText("name"))
                .containsExactly("Boards", "Tools");
    }

    @Test
    void readingAndWritingAreDifferentPermissions() {
        container.awaitState("worker-token", "READY");
        String token = container
                .client()
                .post(
                        "/api/v1/p/worker-token/tokens",
                        "{\"name\":\"reader\",\"permissions\":[\"plugin.inventory.products.read\"]}")
                .json()
                .path("token")
                .asText();
        Client reader = container.anonymous().token(token);

        assertThat(reader.get(PRODUCTS).status()).isEqualTo(200);
        Answer write = reader.post(PRODUCTS, product("No", "no-1", "1", "1"));
        assertThat(write.status()).isEqualTo(403);
        assertThat(write.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(reader.get(CATEGORIES).status()).isEqualTo(403);
        assertThat(container.anonymous().get(PRODUCTS).status()).isEqualTo(401);
        assertThat(container.anonymous().token(token + "x").get(PRODUCTS).status())
                .isEqualTo(401);
    }

    private static String product(String name, String sku, String price, String quantity) {
        return "{\"name\":\"%s\",\"sku\":\"%s\",\"price\":%s,\"quantity\":%s}".formatted(name, sku, price, quantity);
    }
}
