// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.Endpoint;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.api.service.TypedService;
import dev.mortise.kernel.call.BoundContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TypedServiceTest {
    private static final String JSON = "application/json";

    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(
            reports,
            plugin("inventory")
                    .endpoint("GET", "/products/{id}")
                    .endpoint("GET", "/products")
                    .endpoint("POST", "/products")
                    .endpoint("DELETE", "/products/{id}")
                    .offers("inventory.products", "1.0.0")
                    .route("GET", "/products/{id}", TypedServiceTest::product)
                    .route(
                            "GET",
                            "/products",
                            request -> Response.of(200, JSON, Body.of("""
                            [{"id": "1", "name": "%s"}, {"id": "2", "name": "Plane"}]""".formatted(
                                            request.query("q").orElse("")))))
                    .route(
                            "POST",
                            "/products",
                            request -> Response.of(
                                    201, request.headers().first("Content-Type").orElse(""), request.body()))
                    .route("DELETE", "/products/{id}", request -> Response.status(204)));
    private final Products products = gateway.client(reports).as(Products.class);

    private record Product(String id, String name) {}

    @TypedService("inventory.products")
    private interface Products {
        @Endpoint("GET /products/{id}")
        Product get(String id);

        @Endpoint("GET /products/{id}")
        Optional<Product> find(String id);

        @Endpoint("GET /products/{id}")
        CompletionStage<Optional<Product>> findLater(String id);

        @Endpoint("GET /products/{id}")
        ServiceResponse whatever(String id);

        @Endpoint("GET /products?q={q}")
        List<Product> search(String q);

        @Endpoint("POST /products")
        Product create(Product product);

        @Endpoint(value = "POST /products", contentType = "text/csv")
        Body upload(Body csv);

        @Endpoint("DELETE /products/{id}")
        void delete(String id);

        default List<String> names(String q) {
            return search(q).stream().map(Product::name).toList();
        }
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void mapsAnAnswerInTheCallersOwnClass() throws Exception {
        assertThat(asAlice(() -> products.get("a b"))).isEqualTo(new Product("a b", "Saw"));
    }

    @Test
    void mapsGenericTypesAndFillsTheQuery() throws Exception {
        assertThat(asAlice(() -> products.search("Saw & more")))
                .containsExactly(new Product("1", "Saw & more"), new Product("2", "Plane"));
    }

    @Test
    void writesTheBodyAsJson() throws Exception {
        Product chisel = new Product("3", "Chisel");
        assertThat(asAlice(() -> products.create(chisel))).isEqualTo(chisel);
    }

    @Test
    void sendsARawBodyAsItIs() throws Exception {
        assertThat(asAlice(() -> products.upload(Body.of("3;Chisel")).text())).isEqualTo("3;Chisel");
    }

    @Test
    void answersNothingWhereNothingIsExpected() throws Exception {
        asAlice(() -> {
            products.delete("1");
            return true;
        });
    }

    @Test
    void runsItsOwnMethodsWithABody() throws Exception {
        assertThat(asAlice(() -> products.names("Saw"))).containsExactly("Saw", "Plane");
    }

    @Test
    void isEmptyForWhatIsNotThere() throws Exception {
        assertThat(asAlice(() -> products.find("1"))).contains(new Product("1", "Saw"));
        assertThat(asAlice(() -> products.find("none"))).isEmpty();
    }

    @Test
    void callsInTheBackground() throws Exception {
        Optional<Product> found =
                asAlice(() -> products.findLater("1")).toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(found).contains(new Product("1", "Saw"));
    }

    @Test
    void throwsWhatTheProviderRefuses() {
        ServiceException refused =
                catchThrowableOfType(ServiceException.class, () -> asAlice(() -> products.get("none")));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.service()).isEqualTo("inventory.products");
    }

    @Test
    void answersAnyStatusWhereTheWholeAnswerIsAskedFor() throws Exception {
        assertThat(asAlice(() -> products.whatever("none")).status()).isEqualTo(404);
    }

    @Test
    void throwsWhatTheGatewayRefusesAlsoWhereNothingWouldDo() {
        gateway.remove("inventory");
        ServiceException refused =
                catchThrowableOfType(ServiceException.class, () -> asAlice(() -> products.find("1")));
        assertThat(refused.code()).isEqualTo(ErrorCode.SERVICE_NOT_FOUND);
    }

    @Test
    void followsAnUpdateOfItsProvider() throws Exception {
        gateway.put(plugin("inventory")
                .endpoint("GET", "/products/{id}")
                .offers("inventory.products", "1.1.0")
                .route("GET", "/products/{id}", request -> Response.of(200, JSON, Body.of("""
                        {"id": "9", "name": "New"}"""))));
        assertThat(asAlice(() -> products.get("1"))).isEqualTo(new Product("9", "New"));
    }

    @Test
    void isAnObjectLikeAnyOther() {
        assertThat(Set.of(products)).contains(products);
        assertThat(products).isNotEqualTo(gateway.client(reports).as(Products.class));
        assertThat(products).asString().contains("Products");
    }

    @TypedService("inventory.products")
    @SuppressWarnings("UnusedMethod") // it is never called, because it can't be
    private interface Crooked {
        @Endpoint("FETCH /products")
        Product unknownMethod();

        @Endpoint("GET /products/{id}")
        Product noValue();

        @Endpoint("GET /products")
        Product bodyOfAGet(Product product);

        @Endpoint("GET /products/{id}")
        @SuppressWarnings("rawtypes")
        Optional raw(String id);

        Product forgotten();
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThatThrownBy(() -> gateway.client(reports).as(Crooked.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Crooked is no typed service")
                .hasMessageContaining("unknownMethod(): \"FETCH /products\"")
                .hasMessageContaining("noValue(): 0 parameters for \"GET /products/{id}\", which takes 1 and no body")
                .hasMessageContaining("bodyOfAGet(): 1 parameters for \"GET /products\", which takes 0 and no body")
                .hasMessageContaining("raw(): it answers a raw java.util.Optional")
                .hasMessageContaining("forgotten() has neither @Endpoint");
    }

    @Test
    void takesInterfacesOnly() {
        assertThatThrownBy(() -> gateway.client(reports).as(Product.class))
                .hasMessageContaining("it is no interface; it lacks @TypedService");
    }

    private static Response product(Request request) {
        String id = request.pathParameter("id");
        return id.equals("none")
                ? Response.status(404)
                : Response.of(200, JSON, Body.of("{\"id\": \"%s\", \"name\": \"Saw\"}".formatted(id)));
    }

    private static <T> T asAlice(Callable<T> task) throws Exception {
        return BoundContext.call(TestGateway.call(FakeAccess.ALICE), task);
    }
}
