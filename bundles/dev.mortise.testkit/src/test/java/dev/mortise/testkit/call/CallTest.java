// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import static dev.mortise.testkit.call.ContextBuilder.context;
import static dev.mortise.testkit.call.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceException;
import java.lang.reflect.Type;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallTest {
    private final BoundContexts contexts = new BoundContexts();

    @Test
    void runsAHandlerWithItsContextBound() throws Exception {
        Response response = request("GET", "/products/7")
                .parameter("id", "7")
                .query("full", "true")
                .header("Accept", "application/json")
                .in(context()
                        .tenant("acme")
                        .user("ann", "read")
                        .caller("reports")
                        .within(Duration.ofSeconds(5)))
                .to(call -> Response.text(call.pathParameter("id")
                        + call.query("full").orElse("")
                        + contexts.current().tenant().orElseThrow()
                        + call.context().identity().has("write")
                        + contexts.current().hop()));

        assertThat(response.body().text()).isEqualTo("7trueacmefalse1");
        assertThat(contexts.find()).isEmpty();
    }

    @Test
    void refusesContextlessCodeAsTheContainerDoes() {
        assertThatThrownBy(contexts::current)
                .isInstanceOfSatisfying(MortiseException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(ErrorCode.NO_CONTEXT));
    }

    @Test
    void runsOwnWorkForATenant() throws Exception {
        assertThat(contexts.run(new TenantId("acme"), () -> contexts.current().tenant()))
                .contains(new TenantId("acme"));
        assertThat(context().withoutTenant().run(() -> contexts.current().tenant()))
                .isEmpty();
    }

    @Test
    void carriesWhatABackgroundTaskThrows() {
        DirectExecutor executor = new DirectExecutor();

        assertThat(executor.submit(() -> 7)).isCompletedWithValue(7);
        assertThat(executor.submit(() -> {
                    throw new IllegalStateException("broken");
                }))
                .isCompletedExceptionally();
    }

    @Test
    void answersWhatWasPreparedAndRefusesTheRest() {
        FakeServices services = new FakeServices(new NoJson())
                .answer("inventory.products", "GET /products", "{\"total\":1}")
                .answer("inventory.products", "POST /products", sent -> Response.status(409));
        var products = services.service("inventory.products");

        assertThat(products.available()).isTrue();
        assertThat(products.get("/products?take={n}", 5).status()).isEqualTo(200);
        assertThat(services.sent().get(0).target()).isEqualTo("/products?take=5");
        assertThatThrownBy(() -> products.post("/products", Body.of("{}")))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThatThrownBy(() -> products.get("/stock"))
                .hasMessage("Service 'inventory.products' has no GET /stock; it has [GET /products, POST /products].");
        assertThatThrownBy(() -> services.remove("inventory.products")
                        .service("inventory.products")
                        .get("/products"))
                .hasMessage("Service not found: inventory.products.");
    }

    @Test
    void saysWhatIsMissingForRealJson() {
        assertThatThrownBy(TestJson::json).hasMessageContaining("Add dev.mortise:dev.mortise.json");
    }

    @Test
    void knowsItsDeadline() {
        CallContext late = context().within(Duration.ZERO).build();

        assertThat(late.remaining()).isZero();
        assertThatThrownBy(() -> late.wrap(() -> 1).call()).isInstanceOf(MortiseException.class);
    }

    /** Maps nothing. */
    private static final class NoJson implements Json {
        @Override
        public <T> T read(Body body, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals")
        public <T> T read(Body body, Type type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T read(String text, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Body write(Object value) {
            throw new UnsupportedOperationException();
        }
    }
}
