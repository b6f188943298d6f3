// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.RemoteFault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What calls that their callers cut short say of the instance that they went to: nothing. */
@Timeout(60)
class CutShortTest {
    private static final String ADDRESS = "http://10.0.0.1:9000";
    private static final int CALLS = 6;

    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway = new TestGateway(Settings.of(TestConfig.with(Map.of())));
    private final AtomicReference<RemoteFault.Kind> kind = new AtomicReference<>(RemoteFault.Kind.LOST);
    private FakeRemote.Program remote;

    CutShortTest() {
        gateway.routing.open();
        gateway.put(reports);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void callsOfPluginsHereCountForNobody() throws Exception {
        starts(Duration.ofSeconds(20));
        // On a busy machine the time of one may be over before it goes out.
        while (remote.came.size() < CALLS) {
            assertThat(refused(100).status()).isEqualTo(504);
        }

        isWell();
    }

    @Test
    void callsOfPluginsElsewhereCountForNobody() throws Exception {
        starts(Duration.ofSeconds(20));
        while (remote.came.size() < CALLS) {
            FakeExchange late = gateway.send(
                    get("/api/v1/s/inventory.products/products").as("reports").with("X-Mortise-Deadline-Ms", "100"));
            assertThat(late.status()).isEqualTo(504);
        }

        isWell();
    }

    @Test
    void callsWhoseCallerGaveUpCountForNobodyAndAreNotRepeated() throws Exception {
        starts(Duration.ofSeconds(20));
        gateway.remote.at("http://10.0.0.2:9000", request -> hang());
        register("http://10.0.0.2:9000", Duration.ofSeconds(20));
        kind.set(RemoteFault.Kind.CUT_SHORT);
        for (int i = 0; i < CALLS; i++) {
            Thread.currentThread().interrupt();
            assertThat(refused(20_000).status()).isEqualTo(503);
            assertThat(Thread.interrupted()).isFalse();
        }

        assertThat(gateway.services.discover("inventory.products", Optional.empty()))
                .extracting(instance -> instance.status())
                .containsExactly("HEALTHY", "HEALTHY");
    }

    @Test
    void theTimeOfTheEndpointCounts() {
        starts(Duration.ofMillis(500));
        for (int i = 0; i < 3; i++) {
            assertThat(refused(20_000).status()).isEqualTo(504);
        }

        assertThat(refused(20_000)).hasMessageContaining("is left alone");
        assertThat(remote.came).hasSize(3);
    }

    private void isWell() throws Exception {
        assertThat(remote.came).hasSize(CALLS);
        assertThat(gateway.services.discover("inventory.products", Optional.empty()))
                .extracting(instance -> instance.status())
                .containsExactly("HEALTHY");
        kind.set(RemoteFault.Kind.BUSY);
        assertThat(refused(20_000)).hasMessageContaining("no more calls in this moment");
    }

    private ServiceException refused(long millis) {
        ServiceClient client = gateway.client(reports);
        Call call = TestGateway.call(FakeAccess.ALICE);
        Call shorter = new Call(
                call.tenant(),
                call.identity(),
                call.caller(),
                call.requestId(),
                call.traceparent(),
                System.nanoTime() + Duration.ofMillis(millis).toNanos(),
                call.hop());
        return catchThrowableOfType(
                ServiceException.class,
                () -> BoundContext.call(
                        shorter, () -> client.service("inventory.products").get("/products")));
    }

    /** Never answers; its caller is interrupted, and that is told as the test says. */
    private Response hang() throws RemoteFault {
        RemoteFault.Kind told = kind.get();
        try {
            if (told != RemoteFault.Kind.BUSY) {
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException expected) {
            // It ends as the transport says.
        }
        throw new RemoteFault(told, "the call broke off", new IllegalStateException("broken"));
    }

    private void starts(Duration timeout) {
        remote = gateway.remote.at(ADDRESS, request -> hang());
        register(ADDRESS, timeout);
    }

    private void register(String address, Duration timeout) {
        TestPlugin provider =
                plugin("inventory").within("GET", "/products", timeout).offers("inventory.products", "1.0.0");
        assertThat(gateway.registry.register(
                        Announced.by("token-1", "inventory", Optional.of(provider.manifest()), address, false)))
                .isInstanceOf(Registry.Registered.Done.class);
    }
}
