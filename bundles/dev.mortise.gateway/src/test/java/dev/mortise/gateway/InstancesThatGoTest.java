// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances that leave, fall silent or break calls off. */
@Timeout(30)
class InstancesThatGoTest {
    private static final String A = "http://10.0.0.1:9000";
    private static final String B = "http://10.0.0.2:9000";

    private final TestPlugin inventory = TestPlugin.inventory();
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(inventory, reports);
    private final FakeRemote remote = gateway.remote;

    @BeforeEach
    void bundleIsDown() {
        gateway.put(inventory.in(PluginState.WAITING, "It waits."));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void areClosedAfterTheCallsThatRunInThem() throws Exception {
        Registry.Registered.Done there = register(inventory, A);
        remote.at(A, request -> {
            gateway.registry.deregister(Announced.claim("inventory", there));
            assertThat(quietly("/products")).contains("Service unavailable");
            return Response.text("closed: " + remote.closed);
        });

        assertThat(ask("/products")).isEqualTo("closed: []");
        assertThat(remote.closed).containsExactly(A);
    }

    @Test
    void areNamedByTheOneThatWasSeenLastWhenNoneServes() {
        place("left", Duration.ofSeconds(90));
        place("busy", Duration.ofSeconds(2));
        place("slow", Duration.ofSeconds(45));

        assertThatThrownBy(() -> ask("/products"))
                .hasMessageStartingWith("Service unavailable: inventory.products: the instance of plugin 'inventory' on"
                        + " node 'busy' is UNAVAILABLE")
                .hasMessageContaining("Last seen 2 s ago.");
    }

    @Test
    void getACallTwiceOnlyIfItsEndpointSaysSo() throws Exception {
        TestPlugin shop = plugin("shop")
                .endpoint("PUT", "/orders", false)
                .endpoint("POST", "/searches", true)
                .offers("shop.orders", "1.0.0");
        TestPlugin caller = plugin("caller").needs("shop", "shop.orders", "^1.0.0");
        gateway.put(caller);
        FakeRemote.Program one = remote.at(A, InstancesThatGoTest::breakOff);
        FakeRemote.Program other = remote.at(B, InstancesThatGoTest::breakOff);
        for (String address : List.of(A, B)) {
            register(shop, address);
        }

        assertThatThrownBy(() -> send(caller, "shop.orders", "PUT", "/orders")).isInstanceOf(ServiceException.class);
        assertThat(one.came.size() + other.came.size()).isEqualTo(1);

        assertThatThrownBy(() -> send(caller, "shop.orders", "POST", "/searches"))
                .isInstanceOf(ServiceException.class);
        assertThat(one.came.size() + other.came.size()).isEqualTo(3);
    }

    /** Shows an instance that is silent. */
    private void place(String node, Duration silence) {
        gateway.routing.place(
                inventory.in(PluginState.WAITING, "It is silent.").entry(),
                new Place.Elsewhere(node, node, 2, Optional.empty(), A, () -> TestGateway.CLOCK
                        .instant()
                        .minus(silence)));
    }

    private Registry.Registered.Done register(TestPlugin offering, String address) {
        return (Registry.Registered.Done) gateway.registry.register(Announced.by(
                "token", offering.manifest().id().value(), Optional.of(offering.manifest()), address, false));
    }

    private static Response breakOff(RemoteCalls.Outgoing request) throws RemoteFault {
        throw new RemoteFault(RemoteFault.Kind.LOST, "connection reset", new IllegalStateException("reset"));
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

    private int send(TestPlugin caller, String service, String method, String path) throws Exception {
        ServiceClient client = gateway.client(caller);
        return BoundContext.call(
                TestGateway.call(FakeAccess.plugin(caller.manifest().id().value())), () -> client.service(service)
                        .send(ServiceRequest.of(method, path).withBody("application/json", Body.of("{}")))
                        .status());
    }
}
