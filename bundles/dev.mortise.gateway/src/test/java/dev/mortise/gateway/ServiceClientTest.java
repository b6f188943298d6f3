// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClientTest {
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory(), reports);
    private final ServiceClient client = gateway.client(reports);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void carriesACallToTheHandlerOnTheCallersThread() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        gateway.put(plugin("inventory")
                .endpoint("GET", "/products/{id}")
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products/{id}", request -> {
                    thread.set(Thread.currentThread());
                    return Response.text(request.pathParameter("id") + request.query());
                }));

        ServiceResponse response =
                asAlice(() -> client.service("inventory.products").get("/products/{id}?full={full}", "7", true));

        assertThat(response.status()).isEqualTo(200);
        assertThat(thread.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void tellsWhichMethodsAPathTakes() throws Exception {
        ServiceResponse response =
                asAlice(() -> client.service("inventory.products").send(ServiceRequest.of("OPTIONS", "/products")));

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers().first("Allow")).contains("GET, HEAD, OPTIONS, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "a/b", "a;b", "a?b", "a#b"})
    void refusesInAPathWhatHttpRefuses(String value) {
        assertThatThrownBy(
                        () -> asAlice(() -> client.service("inventory.products").get("/products/{id}", value)))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_PATH))
                .hasMessageContaining("go into the query");
    }

    @Test
    void holdsOnToNoProviderThatHasGone() throws Exception {
        WeakReference<ClassLoader> provider = callAndForget();

        gateway.remove("inventory");

        await().untilAsserted(() -> {
            System.gc();
            assertThat(provider.get()).isNull();
        });
        assertThat(client.service("inventory.products").available()).isFalse();
    }

    private WeakReference<ClassLoader> callAndForget() throws Exception {
        ClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
        gateway.put(inventory().loader(loader));
        asAlice(() -> client.service("inventory.products").get("/products/{id}", "7"));
        return new WeakReference<>(loader);
    }

    @Test
    void givesTheProviderAContextOfItsOwn() throws Exception {
        AtomicReference<CallContext> seen = new AtomicReference<>();
        AtomicReference<CallContext> bound = new AtomicReference<>();
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        TestPlugin provider = plugin("inventory")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products", request -> {
                    seen.set(request.context());
                    bound.set(BoundContext.require("the test"));
                    loader.set(Thread.currentThread().getContextClassLoader());
                    return Response.status(204);
                });
        gateway.put(provider);
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        asAlice(() -> client.service("inventory.products").get("/products"));

        assertThat(seen.get().tenant()).contains(new TenantId("acme"));
        assertThat(seen.get().identity()).isEqualTo(FakeAccess.ALICE);
        assertThat(seen.get().caller()).contains("reports");
        assertThat(seen.get().requestId()).isEqualTo("request-1");
        assertThat(seen.get().hop()).isEqualTo(1);
        assertThat(seen.get().remaining()).isLessThanOrEqualTo(Duration.ofSeconds(20));
        assertThat(bound.get()).isSameAs(seen.get());
        assertThat(loader.get()).isSameAs(provider.loader());
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void fillsPathAndQuery() throws Exception {
        gateway.put(plugin("inventory")
                .endpoint("GET", "/products/{id}")
                .offers("inventory.products", "1.0.0")
                .route(
                        "GET",
                        "/products/{id}",
                        request -> Response.text(request.pathParameter("id") + request.query() + request.path())));

        ServiceResponse response =
                asAlice(() -> client.service("inventory.products").get("/products/{id}?q={q}", "a b", "x&y"));

        assertThat(response.body().text()).isEqualTo("a b{q=[x&y]}/products/a b");
    }

    @Test
    void handsABufferOverWithoutCopyingAndReadOnly() throws Exception {
        byte[] bytes = {'a', 'b'};
        gateway.put(plugin("inventory")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products", request -> Response.of(200, "text/plain", Body.of(bytes))));

        ServiceResponse response =
                asAlice(() -> client.service("inventory.products").get("/products"));
        bytes[0] = 'c';

        assertThat(response.body().text()).isEqualTo("cb");
        assertThat(response.body().buffer().isReadOnly()).isTrue();
    }

    @Test
    void answersWhateverStatusComesBack() throws Exception {
        gateway.put(plugin("inventory")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products", request -> Response.status(418)));

        ServiceResponse response =
                asAlice(() -> client.service("inventory.products").send(ServiceRequest.of("GET", "/products")));

        assertThat(response.status()).isEqualTo(418);
        ServiceException thrown = catchThrowableOfType(ServiceException.class, response::orThrow);
        assertThat(thrown.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(thrown.status()).isEqualTo(418);
        assertThat(thrown.service()).isEqualTo("inventory.products");
    }

    @Test
    void turnsWhatTheProviderRefusesIntoAnAnswerWithItsCode() throws Exception {
        gateway.put(failing(new MortiseException(ErrorCode.NOT_FOUND, "There is no product 7.")));

        ServiceResponse response =
                asAlice(() -> client.service("inventory.products").send(ServiceRequest.of("GET", "/products")));

        assertThat(response.status()).isEqualTo(404);
        ServiceException thrown = catchThrowableOfType(ServiceException.class, response::orThrow);
        assertThat(thrown.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(thrown).hasMessage("There is no product 7.");
    }

    @Test
    void keepsAFaultOfTheProviderToItself() throws Exception {
        gateway.put(failing(new IllegalStateException("secret")));

        ServiceResponse response =
                asAlice(() -> client.service("inventory.products").send(ServiceRequest.of("GET", "/products")));

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.body().text()).doesNotContain("secret").contains("\"requestId\":\"request-1\"");
    }

    @Test
    void doesNotNoticeAnUpdateOfTheProvider() throws Exception {
        var products = client.service("inventory.products");
        asAlice(() -> products.get("/products"));

        gateway.put(plugin("inventory")
                .version("1.1.0")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.1.0")
                .route("GET", "/products", request -> Response.text("new")));

        assertThat(asAlice(() -> products.get("/products")).body().text()).isEqualTo("new");
        assertThat(products.available()).isTrue();
    }

    @Test
    void letsTheGrantsOfThePluginDecideWhenThereIsNoUser() throws Exception {
        Call own = TestGateway.call(FakeAccess.plugin("reports"));

        ServiceResponse response = BoundContext.call(
                own, () -> client.service("inventory.products").post("/products", Body.empty()));

        assertThat(response.status()).isEqualTo(201);
    }

    @Test
    void letsTheGrantsDecideAloneWhereThereIsNoSecurity() throws Exception {
        gateway.neighbours.unbindAccess(gateway.access);
        Call own = TestGateway.call(FakeAccess.plugin("reports"));

        ServiceResponse response = BoundContext.call(
                own, () -> client.service("inventory.products").post("/products", Body.empty()));

        assertThat(response.status()).isEqualTo(201);
        assertThatThrownBy(
                        () -> asAlice(() -> client.service("inventory.products").get("/products")))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
    }

    @Test
    void showsTheProviderNoFieldThatClaimsAnIdentity() throws Exception {
        AtomicReference<Request> seen = new AtomicReference<>();
        gateway.put(plugin("inventory")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products", request -> {
                    seen.set(request);
                    return Response.status(204);
                }));

        asAlice(() -> client.service("inventory.products")
                .send(ServiceRequest.of("GET", "/products")
                        .withHeader("X-Tenant-Id", "other")
                        .withHeader("Authorization", "Bearer stolen")
                        .withHeader("Accept", "text/plain")));

        assertThat(seen.get().headers().names()).containsExactly("Accept");
    }

    @Test
    void countsTheCallInTheProvider() throws Exception {
        AtomicReference<Boolean> drainedMeanwhile = new AtomicReference<>();
        TestPlugin provider = plugin("inventory").endpoint("GET", "/products").offers("inventory.products", "1.0.0");
        provider.route("GET", "/products", request -> {
            gateway.remove("inventory");
            drainedMeanwhile.set(gateway.routing
                    .drained(provider.identity())
                    .toCompletableFuture()
                    .isDone());
            return Response.status(204);
        });
        gateway.put(provider);

        asAlice(() -> client.service("inventory.products").get("/products"));

        assertThat(drainedMeanwhile.get()).isFalse();
        assertThat(gateway.routing.drained(provider.identity()).toCompletableFuture())
                .isCompleted();
    }

    private static TestPlugin failing(RuntimeException fault) {
        return plugin("inventory")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.0.0")
                .route("GET", "/products", request -> {
                    throw fault;
                });
    }

    private static <T> T asAlice(Callable<T> task) throws Exception {
        return BoundContext.call(TestGateway.call(FakeAccess.ALICE), task);
    }
}
