// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several instances of one service behind one name. */
@Timeout(30)
class InstancesTest {
    private static final String A = "http://10.0.0.1:9000";
    private static final String B = "http://10.0.0.2:9000";
    private static final String C = "http://10.0.0.3:9000";

    private final TestPlugin inventory = TestPlugin.inventory();
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory, reports);
    private final FakeRemote remote = gateway.remote;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void leadCallersToTheNearestOne() throws Exception {
        FakeRemote.Program elsewhere = remote.at(A, request -> Response.text("elsewhere"));
        register(A);

        assertThat(ask("/products")).isEqualTo("products");
        assertThat(elsewhere.came).isEmpty();
    }

    @Test
    void leadCallersToAnotherOneWhenTheBundleDoesNotServe() throws Exception {
        FakeRemote.Program elsewhere = remote.at(A, request -> Response.text("elsewhere"));
        register(A);
        bundleIsDown();

        assertThat(ask("/products/a%20b?x=1&y=%2F")).isEqualTo("elsewhere");
        assertThat(gateway.send(get("/api/v1/s/inventory.products/products").as("reports"))
                        .text())
                .isEqualTo("elsewhere");
        assertThat(elsewhere.targets()).containsExactly("GET /products/a%20b?x=1&y=%2F", "GET /products");
    }

    @Test
    void preferAHealthyOneFarAwayToADegradedOneHere() throws Exception {
        remote.at(A, request -> Response.text("elsewhere"));
        Registry.Registered.Done there = register(A);
        gateway.put(inventory.in(PluginState.DEGRADED, "It is slow."));
        assertThat(ask("/products")).isEqualTo("elsewhere");

        gateway.registry.setHealth(Announced.claim("inventory", there), ServiceHealth.DEGRADED);

        assertThat(ask("/products")).isEqualTo("products");
    }

    @Test
    void shareCallsAmongEquals() throws Exception {
        bundleIsDown();
        Map<String, Integer> answers = new TreeMap<>();
        for (String address : List.of(A, B, C)) {
            remote.at(address, request -> Response.text(address));
            register(address);
        }

        for (int i = 0; i < 90; i++) {
            answers.merge(ask("/products"), 1, Integer::sum);
        }

        assertThat(answers.keySet()).containsExactly(A, B, C);
    }

    @Test
    void sendThemToTheOneWithLessToDo() throws Exception {
        bundleIsDown();
        List<String> order = new ArrayList<>();
        remote.at(B, request -> Response.text(B));
        remote.at(A, request -> {
            // While one call is in A, all others go to B.
            for (int i = 0; i < 10; i++) {
                order.add(quietly("/products"));
            }
            return Response.text(A);
        });
        register(A);
        register(B);

        while (!ask("/products").equals(A)) {
            order.clear();
        }

        assertThat(order).hasSize(10).containsOnly(B);
    }

    @Test
    void tellWhoCallsAndForWhomSigned() throws Exception {
        bundleIsDown();
        FakeRemote.Program elsewhere = remote.at(A, request -> Response.text("elsewhere"));
        Registry.Registered.Done there = register(A);

        ServiceClient client = gateway.client(reports);
        BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> client.service("inventory.products")
                .send(ServiceRequest.of("GET", "/products").withHeader("X-Mortise-User", "mallory")));

        var fields = elsewhere.came.get(0).headers();
        assertThat(fields.all("X-Mortise-User")).containsExactly(FakeAccess.ALICE.id());
        assertThat(fields.first("X-Mortise-Tenant")).contains("acme");
        assertThat(fields.first("X-Mortise-Caller")).contains("reports");
        assertThat(fields.first("X-Mortise-Request-Id")).contains("request-1");
        assertThat(fields.first("X-Mortise-Hop")).contains("1");
        assertThat(fields.first("X-Mortise-Deadline-Ms").map(Long::valueOf).orElseThrow())
                .isBetween(1L, 30_000L);
        assertThat(fields.first("X-Mortise-Token")).contains("signed with " + there.hopKey());
        assertThat(remote.signed.get(0).audience()).isEqualTo("inventory");
        assertThat(remote.signed.get(0).caller()).contains("reports");
    }

    @Test
    void getACallThatWasNeverSentWhateverItAsksFor() throws Exception {
        bundleIsDown();
        register(A);
        FakeRemote.Program good = remote.at(B, request -> Response.status(201));
        register(B);

        for (int i = 0; i < 20; i++) {
            assertThat(post()).isEqualTo(201);
        }
        assertThat(good.came).hasSize(20);
    }

    @Test
    void neverGetACallTwiceThatMayHaveBeenDone() throws Exception {
        bundleIsDown();
        FakeRemote.Program one = remote.at(A, InstancesTest::breakOff);
        FakeRemote.Program other = remote.at(B, InstancesTest::breakOff);
        register(A);
        register(B);

        assertThatThrownBy(this::post).isInstanceOfSatisfying(ServiceException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(refused).hasMessageContaining("broke the call off").hasMessageContaining("not sent again");
        });
        assertThat(one.came.size() + other.came.size()).isEqualTo(1);
    }

    @Test
    void getAnIdempotentCallAgain() throws Exception {
        bundleIsDown();
        FakeRemote.Program bad = remote.at(A, request -> Response.status(503));
        remote.at(B, request -> Response.text("good"));
        register(A);
        register(B);

        for (int i = 0; i < 100; i++) {
            assertThat(ask("/products")).isEqualTo("good");
        }

        assertThat(bad.came).as("left out after its third failure").hasSize(3);
    }

    @Test
    void areLeftOutByHttpCallersToo() {
        bundleIsDown();
        register(A);
        remote.at(B, request -> Response.text("good"));
        register(B);

        for (int i = 0; i < 20; i++) {
            assertThat(gateway.send(get("/api/v1/s/inventory.products/products").as("reports"))
                            .text())
                    .isEqualTo("good");
        }
    }

    @Test
    void answerForOneAnotherWhileOneEndpointOfOneIsLeftAlone() throws Exception {
        bundleIsDown();
        remote.at(A, request -> request.target().equals("/products") ? Response.status(503) : Response.text("bad"));
        remote.at(B, request -> Response.text("good"));
        register(A);
        register(B);
        for (int i = 0; i < 100; i++) {
            // Its other endpoint answers, so it is never left out as a whole.
            ask("/products/1");
            assertThat(ask("/products")).isEqualTo("good");
        }
    }

    @Test
    void areAskedEvenIfTheyFailWhenNobodyElseIsLeft() throws Exception {
        bundleIsDown();
        remote.at(A, InstancesTest::breakOff);
        Registry.Registered.Done there = register(A);
        // On two endpoints, so that the breaker of none of them opens.
        for (String path : List.of("/products", "/products/1", "/products")) {
            assertThatThrownBy(() -> ask(path)).isInstanceOf(ServiceException.class);
        }
        remote.at(A, request -> Response.text("mended"));

        assertThat(ask("/products")).isEqualTo("mended");
        assertThat(gateway.registry.heartbeat(Announced.claim("inventory", there)))
                .isInstanceOf(Registry.Outcome.Done.class);
    }

    @Test
    void ofOneTenantAreNotThereForAnother() throws Exception {
        bundleIsDown();
        remote.at(A, request -> Response.text("globex"));
        register(A, Optional.of("globex"));

        assertThatThrownBy(() -> ask("/products"))
                .hasMessageStartingWith("Service unavailable: inventory.products: plugin 'inventory' is WAITING");

        remote.at(B, request -> Response.text("acme"));
        register(B, Optional.of("acme"));
        assertThat(ask("/products")).isEqualTo("acme");
    }

    @Test
    void stayWhenTheBundleIsRemoved() throws Exception {
        remote.at(A, request -> Response.text("elsewhere"));
        register(A);

        gateway.remove("inventory");

        assertThat(ask("/products")).isEqualTo("elsewhere");
    }

    private static Response breakOff(RemoteCalls.Outgoing request) throws RemoteFault {
        throw new RemoteFault(RemoteFault.Kind.LOST, "connection reset", new IllegalStateException("reset"));
    }

    private void bundleIsDown() {
        gateway.put(inventory.in(PluginState.WAITING, "It waits."));
    }

    private Registry.Registered.Done register(String address) {
        return register(address, Optional.empty());
    }

    private Registry.Registered.Done register(String address, Optional<String> tenant) {
        Registry.Registered registered = gateway.registry.register(new Registry.Registration(
                "token-1",
                "inventory",
                Optional.of(inventory.manifest()),
                Optional.empty(),
                Optional.empty(),
                address,
                Optional.of("far"),
                false,
                tenant));
        assertThat(registered).isInstanceOf(Registry.Registered.Done.class);
        return (Registry.Registered.Done) registered;
    }

    private String ask(String path) throws Exception {
        return gateway.ask(reports, "inventory.products", path);
    }

    private String quietly(String path) {
        try {
            return ask(path);
        } catch (Exception e) {
            return e.toString();
        }
    }

    private int post() throws Exception {
        ServiceClient client = gateway.client(reports);
        return BoundContext.call(
                TestGateway.call(FakeAccess.plugin("reports")), () -> client.service("inventory.products")
                        .send(ServiceRequest.of("POST", "/products").withBody("application/json", Body.of("{}")))
                        .status());
    }
}
