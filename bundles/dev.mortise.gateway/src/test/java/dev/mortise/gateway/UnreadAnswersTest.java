// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.Endpoint;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.api.service.TypedService;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of an instance elsewhere that a plugin does not read, or not to their end. */
@Timeout(30)
class UnreadAnswersTest {
    private static final String ELSEWHERE = "http://10.0.0.1:9000";

    private final TestPlugin inventory = TestPlugin.inventory();
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory, reports);
    private final ServiceClient client = gateway.client(reports);
    private final List<OpenBody> bodies = new CopyOnWriteArrayList<>();
    private int status = 200;

    @TypedService("inventory.products")
    private interface Products {
        @Endpoint("GET /products")
        void touch();

        @Endpoint("GET /products")
        Optional<String> find();
    }

    @BeforeEach
    void register() {
        gateway.put(inventory.in(PluginState.WAITING, "It waits."));
        gateway.remote.at(ELSEWHERE, request -> {
            OpenBody body = new OpenBody();
            bodies.add(body);
            return Response.of(status, "text/plain", body);
        });
        gateway.registry.register(
                Announced.by("token-1", "inventory", Optional.of(inventory.manifest()), ELSEWHERE, false));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void goBackWhenTheHandlerEnds() throws Exception {
        asAlice(() -> {
            get();
            get().body().stream().read();
            return areOpen(2);
        });

        areClosed(2);
    }

    @Test
    void goBackWhenATaskInsideOfItEnds() throws Exception {
        asAlice(() -> {
            get();
            BoundContext.require("test").wrap(this::get).call();
            assertThat(bodies.get(1).closed).isTrue();
            return assertThat(bodies.get(0).closed).isFalse();
        });
    }

    @Test
    void goBackAtOnceWhenTheyAreExceptions() throws Exception {
        status = 404;
        asAlice(() -> {
            assertThatThrownBy(this::get).isInstanceOf(ServiceException.class);
            return areClosed(1);
        });
    }

    @Test
    void goBackAtOnceWhenTheirTypeHasNoPlaceForThem() throws Exception {
        Products products = client.as(Products.class);
        asAlice(() -> {
            products.touch();
            status = 404;
            assertThat(products.find()).isEmpty();
            return areClosed(2);
        });
    }

    @Test
    void streamOnThroughAPluginThatAnswersWithThem() throws Exception {
        TestPlugin caller = between(false);
        assertThat(gateway.ask(caller, "between.things", "/things")).isEqualTo("streamed");

        asAlice(() -> {
            gateway.client(caller).service("between.things").get("/things");
            assertThat(bodies).last().matches(body -> !body.closed);
            return true;
        });

        areClosed(2);
    }

    @Test
    void goBackWithAPluginThatAnswersSomethingElse() throws Exception {
        TestPlugin caller = between(true);
        asAlice(() -> {
            gateway.client(caller).service("between.things").get("/things");
            return areClosed(1);
        });
    }

    @Test
    void ofCallsInTheBackgroundGoBackWhenTheirCallerEnds() throws Exception {
        asAlice(() -> {
            ServiceResponse first = background();
            background();
            assertThat(first.body().text()).isEqualTo("streamed");
            return assertThat(bodies.get(1).closed).isFalse();
        });

        // At last: the thread of the call may take its time to see that its caller has ended.
        await().until(() -> bodies.stream().allMatch(body -> body.closed));
    }

    @Test
    void ofCallsInTheBackgroundGoBackAfterTheirCaller() throws Exception {
        CopyOnWriteArrayList<String> read = new CopyOnWriteArrayList<>();
        asAlice(() -> client.service("inventory.products")
                .sendAsync(ServiceRequest.of("GET", "/products"))
                .thenAccept(answer -> read.add(Integer.toString(answer.status()))));

        await().until(() -> read.contains("200") && bodies.get(0).closed);
    }

    @Test
    void ofAChainOfCallsInTheBackgroundAreTheCallersToo() throws Exception {
        CountDownLatch chained = new CountDownLatch(1);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        gateway.remote.at(ELSEWHERE, request -> {
            // The call before has ended when the answer to the one that hangs on it comes.
            await().until(() -> threads.isEmpty() ? chained.getCount() == 0 : isIdle(threads.get(0)));
            threads.add(Thread.currentThread());
            OpenBody body = new OpenBody();
            bodies.add(body);
            return Response.of(200, "text/plain", body);
        });

        asAlice(() -> {
            CompletionStage<ServiceResponse> chain = async().thenCompose(answer -> async());
            chained.countDown();
            ServiceResponse last = chain.toCompletableFuture().join();
            await().until(() -> isIdle(threads.get(1)));
            assertThat(bodies).hasSize(2).noneMatch(body -> body.closed);
            return assertThat(last.body().text()).isEqualTo("streamed");
        });

        areClosed(2);
    }

    private static boolean isIdle(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    private TestPlugin between(boolean inMemory) {
        TestPlugin between = plugin("between")
                .needs("inventory", "inventory.products", "^1.0.0")
                .endpoint("GET", "/things")
                .offers("between.things", "1.0.0");
        ServiceClient its = gateway.client(between);
        between.route("GET", "/things", request -> {
            Body body = its.service("inventory.products").get("/products").body();
            return Response.of(
                    200, "text/plain", inMemory ? Body.of("mine") : Body.writing(sink -> body.writeTo(sink)));
        });
        TestPlugin caller = plugin("caller").needs("between", "between.things", "^1.0.0");
        gateway.put(between, caller);
        return caller;
    }

    private ServiceResponse get() {
        return client.service("inventory.products").get("/products");
    }

    private ServiceResponse background() {
        return async().toCompletableFuture().join();
    }

    private CompletionStage<ServiceResponse> async() {
        return client.service("inventory.products").sendAsync(ServiceRequest.of("GET", "/products"));
    }

    private boolean areOpen(int count) {
        assertThat(bodies).hasSize(count).noneMatch(body -> body.closed);
        return true;
    }

    private boolean areClosed(int count) {
        assertThat(bodies).hasSize(count).allMatch(body -> body.closed);
        return true;
    }

    private static <T> T asAlice(Callable<T> task) throws Exception {
        return BoundContext.call(TestGateway.call(FakeAccess.ALICE), task);
    }
}
