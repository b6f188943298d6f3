// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static dev.mortise.gateway.TestPlugin.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CandidatesTest {
    private final TestPlugin provider = products("1.0.0");
    private final TestPlugin consumer = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestPlugin nextProvider = products("2.0.0");
    private final TestPlugin nextConsumer =
            plugin("reports").version("2.0.0").needs("inventory", "inventory.products", "^2.0.0");
    private final TestGateway gateway = TestGateway.open(provider, consumer);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void seeOneAnotherWhileAllOthersSeeWhatIsSwitchedIn() throws Exception {
        gateway.probe(nextProvider, nextConsumer);

        assertThat(askedBy(nextConsumer)).isEqualTo("2.0.0");
        assertThat(askedBy(consumer)).isEqualTo("1.0.0");
        assertThat(gateway.send(get("/api/v1/p/inventory/version").as("alice")).text())
                .isEqualTo("1.0.0");
        assertThat(gateway.send(get("/api/v1/s/inventory.products/version").as("reports"))
                        .text())
                .isEqualTo("1.0.0");
        assertThat(gateway.services.list()).hasSize(1);
    }

    @Test
    void areSeenByEverybodyOnceTheyAreSwitchedIn() throws Exception {
        gateway.probe(nextProvider, nextConsumer).put(nextProvider, nextConsumer);

        assertThat(askedBy(nextConsumer)).isEqualTo("2.0.0");
        assertThat(gateway.routing.views().candidates()).isEmpty();
        assertThat(gateway.send(get("/api/v1/p/inventory/version").as("alice")).text())
                .isEqualTo("2.0.0");
    }

    @Test
    void seeWhatIsSwitchedInBesideThem() throws Exception {
        TestPlugin other = plugin("audit").needs("inventory", "inventory.products", "^1.0.0");
        gateway.probe(other);

        assertThat(askedBy(other)).isEqualTo("1.0.0");
    }

    @Test
    void standInThePlaceOfAnotherVersion() {
        TestPlugin other = plugin("audit").needs("inventory", "inventory.products", "^1.0.0");
        gateway.probe(nextProvider.alone(), other);

        assertThatThrownBy(() -> askedBy(other))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_NOT_FOUND));
    }

    @Test
    void standBesideAnotherMajorWhereTheyMay() throws Exception {
        TestPlugin other = plugin("audit").needs("inventory", "inventory.products", "^1.0.0");
        gateway.probe(nextProvider, nextConsumer, other);
        assertThat(askedBy(other)).isEqualTo("1.0.0");
        assertThat(askedBy(nextConsumer)).isEqualTo("2.0.0");

        gateway.probe(products("1.1.0"), other);
        assertThat(askedBy(other)).isEqualTo("1.1.0");
    }

    @Test
    void seeOneAnotherThoughTheyAreKnownAlreadyAndWait() throws Exception {
        TestPlugin waiting = plugin("audit").needs("inventory", "inventory.products", "^2.0.0");
        gateway.put(waiting.in(PluginState.WAITING, "Nobody offers 2.x."));

        gateway.probe(nextProvider, waiting.in(PluginState.READY, ""));

        assertThat(askedBy(waiting)).isEqualTo("2.0.0");
    }

    @Test
    void areGoneWhenNoneIsShown() throws Exception {
        gateway.probe(nextProvider, nextConsumer).probe();

        assertThatThrownBy(() -> askedBy(nextConsumer)).isInstanceOf(ServiceException.class);
        assertThat(askedBy(consumer)).isEqualTo("1.0.0");
        assertThat(drained(nextProvider.identity())).isCompleted();
    }

    @Test
    void areNotShownWhenOneCanNotBeMounted() {
        gateway.probe(nextProvider);
        Views before = gateway.routing.views();
        TestPlugin twice = plugin("twice")
                .route("GET", "/a/{b}", request -> Response.status(204))
                .route("GET", "/a/:c", request -> Response.status(204));

        assertThatThrownBy(() -> gateway.probe(nextConsumer, twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Plugin 'twice' has two routes");
        assertThat(gateway.routing.views()).isSameAs(before);
    }

    @Test
    void leaveTheSnapshotAsItIs() {
        RoutingSnapshot before = gateway.routing.snapshot();

        gateway.probe(nextProvider).probe();

        assertThat(gateway.routing.snapshot()).isSameAs(before);
    }

    @Test
    void keepTheirRunningCallsWhenTheyAreSwitchedIn() throws Exception {
        Slow slow = new Slow();
        gateway.probe(slow.plugin, nextConsumer);
        CompletableFuture<String> running = slow.call();

        gateway.put(slow.plugin, nextConsumer);
        assertThat(drained(slow.plugin.identity())).isCompletedExceptionally();
        gateway.remove("inventory");
        CompletableFuture<Void> drained = drained(slow.plugin.identity());

        assertThat(drained).isNotDone();
        slow.release.countDown();
        assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo("slow");
        drained.get(5, TimeUnit.SECONDS);
    }

    @Test
    void drainWhenTheyAreDropped() throws Exception {
        Slow slow = new Slow();
        gateway.probe(slow.plugin, nextConsumer);
        CompletableFuture<String> running = slow.call();
        assertThat(drained(slow.plugin.identity())).isCompletedExceptionally();

        gateway.probe();
        CompletableFuture<Void> drained = drained(slow.plugin.identity());

        assertThat(drained).isNotDone();
        slow.release.countDown();
        assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo("slow");
        drained.get(5, TimeUnit.SECONDS);
    }

    @Test
    void goOnWhenTheyAreShownAgain() throws Exception {
        Slow slow = new Slow();
        gateway.probe(slow.plugin, nextConsumer);
        CompletableFuture<String> running = slow.call();

        gateway.probe(slow.plugin, nextConsumer, plugin("crm"));

        assertThat(drained(slow.plugin.identity())).isCompletedExceptionally();
        slow.release.countDown();
        assertThat(running.get(5, TimeUnit.SECONDS)).isEqualTo("slow");
    }

    private String askedBy(TestPlugin caller) throws Exception {
        return gateway.ask(caller, "inventory.products", "/version");
    }

    private CompletableFuture<Void> drained(PluginIdentity plugin) {
        return gateway.routing.drained(plugin).toCompletableFuture();
    }

    /** A candidate in which a call of another one stays until it is released. */
    private final class Slow {
        final CountDownLatch release = new CountDownLatch(1);
        final TestPlugin plugin;
        private final CountDownLatch entered = new CountDownLatch(1);

        Slow() {
            plugin = plugin("inventory")
                    .version("2.0.0")
                    .endpoint("GET", "/version")
                    .offers("inventory.products", "2.0.0")
                    .route("GET", "/version", request -> {
                        entered.countDown();
                        release.await();
                        return Response.text("slow");
                    });
        }

        CompletableFuture<String> call() throws InterruptedException {
            CompletableFuture<String> answer = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            answer.complete(askedBy(nextConsumer));
                        } catch (Exception e) {
                            answer.completeExceptionally(e);
                        }
                    })
                    .start();
            entered.await();
            return answer;
        }
    }
}
