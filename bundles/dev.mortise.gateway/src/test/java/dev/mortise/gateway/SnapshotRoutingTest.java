// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.inventory;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.Routing;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SnapshotRoutingTest {
    private final TestGateway gateway = TestGateway.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void replacesAllEntriesOfAChangeAtOnce() {
        gateway.put(inventory(), plugin("reports"));
        RoutingSnapshot before = gateway.routing.snapshot();

        gateway.routing.apply(new Routing.Change(
                List.of(plugin("crm").entry(), inventory().version("1.1.0").entry()), Set.of(new PluginId("reports"))));

        RoutingSnapshot after = gateway.routing.snapshot();
        assertThat(before.plugin("crm")).isNull();
        assertThat(before.plugin("reports")).isNotNull();
        assertThat(after.plugin("reports")).isNull();
        assertThat(after.plugin("crm")).isNotNull();
        assertThat(after.service("inventory.products")).hasSize(1);
    }

    @Test
    void changesNothingWhenOneEntryCanNotBeMounted() {
        gateway.put(inventory());
        RoutingSnapshot before = gateway.routing.snapshot();
        TestPlugin twice = plugin("twice")
                .route("GET", "/a/{b}", request -> Response.status(204))
                .route("GET", "/a/:c", request -> Response.status(204));

        assertThatThrownBy(() -> gateway.put(plugin("crm"), twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Plugin 'twice' has two routes for GET /a/{c}. A method and path lead to one handler.");
        assertThat(gateway.routing.snapshot()).isSameAs(before);
    }

    @Test
    void knowsAPluginThatWasRefusedForAMalformedRange() {
        gateway.put(
                inventory(),
                plugin("reports")
                        .needs("inventory", "inventory.products", "1.x.3")
                        .in(PluginState.REJECTED, "Its range is none."));

        assertThat(gateway.routing.snapshot().plugin("reports")).isNotNull();
        assertThat(gateway.routing.snapshot().service("inventory.products")).hasSize(1);
    }

    @Test
    void keepsNoServiceOfAPluginThatLeft() {
        gateway.put(inventory()).remove("inventory");

        assertThat(gateway.routing.snapshot().services()).isEmpty();
    }

    @Test
    void takesARejectedPluginForNoProvider() {
        gateway.put(inventory().in(PluginState.REJECTED, "A clash."));

        assertThat(gateway.routing.snapshot().services()).isEmpty();
        assertThat(gateway.routing.snapshot().plugin("inventory")).isNotNull();
    }

    @Test
    void isDrainedAtOnceWhenNothingRuns() {
        gateway.put(inventory()).remove("inventory");

        assertThat(gateway.routing.drained(inventory().identity()).toCompletableFuture())
                .isCompleted();
    }

    @Test
    void refusesToDrainWhatStillServes() {
        gateway.put(inventory());

        CompletableFuture<Void> drained =
                gateway.routing.drained(inventory().identity()).toCompletableFuture();

        assertThatThrownBy(drained::get)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("Plugin inventory 1.0.0 still serves.");
    }

    @Test
    void waitsForTheCallsInTheOldVersionAndNotForThoseInTheNewOne() throws Exception {
        HeldCalls old = new HeldCalls(gateway, "1.0.0");
        gateway.put(old.plugin);
        old.call();
        HeldCalls next = new HeldCalls(gateway, "1.1.0");

        gateway.put(next.plugin);
        next.call();
        CompletableFuture<Void> drained =
                gateway.routing.drained(old.plugin.identity()).toCompletableFuture();

        assertThat(drained).isNotDone();
        old.release();
        drained.get(5, TimeUnit.SECONDS);
        next.release();
    }

    @Test
    void countsOnWhileTheSameCodeGoesOnServing() throws Exception {
        HeldCalls held = new HeldCalls(gateway, "1.0.0");
        gateway.put(held.plugin);
        held.call();

        gateway.put(held.plugin.in(PluginState.DEGRADED, "Slow."));
        gateway.put(held.plugin.in(PluginState.WAITING, "It waits."));
        CompletableFuture<Void> drained =
                gateway.routing.drained(held.plugin.identity()).toCompletableFuture();

        assertThat(drained).isNotDone();
        held.release();
        drained.get(5, TimeUnit.SECONDS);
    }

    @Test
    void waitsForTheCallsOfAnEarlierTimeOfTheSameVersion() throws Exception {
        HeldCalls held = new HeldCalls(gateway, "1.0.0");
        gateway.put(held.plugin);
        held.call();
        gateway.put(held.plugin.in(PluginState.WAITING, "It waits."));
        gateway.put(held.plugin.in(PluginState.READY, ""));

        gateway.remove("held");
        CompletableFuture<Void> drained =
                gateway.routing.drained(held.plugin.identity()).toCompletableFuture();

        assertThat(drained).isNotDone();
        held.release();
        drained.get(5, TimeUnit.SECONDS);
    }

    @Test
    void neverLetsACallIntoAVersionThatWasDrained() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        AtomicBoolean retired = new AtomicBoolean();
        TestPlugin serving = refusingWhen(retired, 0);
        gateway.put(serving);
        List<Thread> callers = List.of(caller(stop, wrong), caller(stop, wrong));
        callers.forEach(Thread::start);

        for (int i = 1; i <= 500; i++) {
            AtomicBoolean nextRetired = new AtomicBoolean();
            TestPlugin next = refusingWhen(nextRetired, i);
            gateway.put(next);
            gateway.routing.drained(serving.identity()).toCompletableFuture().get(5, TimeUnit.SECONDS);
            retired.set(true);
            serving = next;
            retired = nextRetired;
        }

        stop.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(wrong).hasValue(0);
    }

    private static TestPlugin refusingWhen(AtomicBoolean retired, int number) {
        return plugin("switching")
                .version("1.0." + number)
                .route("GET", "/", request -> Response.status(retired.get() ? 500 : 204));
    }

    private Thread caller(AtomicBoolean stop, AtomicInteger wrong) {
        return new Thread(() -> {
            while (!stop.get()) {
                if (gateway.send(get("/api/v1/p/switching").as("alice")).status() != 204) {
                    wrong.incrementAndGet();
                }
            }
        });
    }
}
