// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static dev.mortise.gateway.TestPlugin.products;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CoexistingVersionsTest {
    private final TestPlugin one = products("1.0.0");
    private final TestPlugin two = products("2.0.0");
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestPlugin dashboard = plugin("dashboard").needs("inventory", "inventory.products", "^2.0.0");
    private final TestPlugin audit = plugin("audit").needs("inventory", "inventory.products", ">=1.0.0");
    private final TestGateway gateway = TestGateway.open(one, two, reports, dashboard, audit);

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void leadEachCallerToTheHighestOneThatItsRangeAdmits() throws Exception {
        assertThat(askedBy(reports)).isEqualTo("1.0.0");
        assertThat(askedBy(dashboard)).isEqualTo("2.0.0");
        assertThat(askedBy(audit)).isEqualTo("2.0.0");
        assertThat(gateway.send(get("/api/v1/s/inventory.products/version").as("reports"))
                        .text())
                .isEqualTo("1.0.0");
    }

    @Test
    void showClientsTheHighestOneWhateverTheirOrder() {
        assertThat(face()).isEqualTo("2.0.0");

        gateway.put(two, one);

        assertThat(face()).isEqualTo("2.0.0");
    }

    @Test
    void standInForOneAnotherWhereTheRangeAllowsIt() throws Exception {
        gateway.put(one, two.in(PluginState.WAITING, "It waits."));

        assertThat(face()).isEqualTo("1.0.0");
        assertThat(askedBy(reports)).isEqualTo("1.0.0");
        assertThat(askedBy(audit)).isEqualTo("1.0.0");
        assertThatThrownBy(() -> askedBy(dashboard)).isInstanceOfSatisfying(ServiceException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
            assertThat(refused)
                    .hasMessageContaining("plugin 'inventory' 2.0.0 is WAITING since 12:00:03Z. Last seen 4 s ago.");
        });
    }

    @Test
    void tellClientsWhyTheHighestOneDoesNotServeWhenNoneDoes() {
        gateway.put(one.in(PluginState.FAILED, "One failed."), two.in(PluginState.WAITING, "Two waits."));

        FakeExchange answer = gateway.send(get("/api/v1/p/inventory/version").as("alice"));

        assertThat(answer.code()).isEqualTo("PLUGIN_NOT_READY");
        assertThat(answer.detail()).isEqualTo("Two waits.");
    }

    @Test
    void showClientsAReleaseBeforeAPreRelease() {
        gateway.put(one, products("2.0.0-rc.1"));
        assertThat(face()).isEqualTo("1.0.0");

        gateway.put(products("2.0.0-rc.1"));
        assertThat(face()).isEqualTo("2.0.0-rc.1");
    }

    @Test
    void callWhatTheirOwnManifestDeclares() throws Exception {
        TestPlugin next =
                plugin("reports").version("2.0.0").coexist().needs("inventory", "inventory.products", "^2.0.0");
        gateway.put(reports, next);

        assertThat(askedBy(reports)).isEqualTo("1.0.0");
        assertThat(askedBy(next)).isEqualTo("2.0.0");
        assertThat(gateway.send(get("/api/v1/s/inventory.products/version").as("reports"))
                        .text())
                .as("by the needs of the face")
                .isEqualTo("2.0.0");
    }

    @Test
    void drainEachForItself() throws Exception {
        HeldCalls first = new HeldCalls(gateway, "1.0.0");
        HeldCalls second = new HeldCalls(gateway, "2.0.0");
        HeldCalls update = new HeldCalls(gateway, "1.1.0");
        gateway.put(first.plugin);
        first.call();
        gateway.put(first.plugin, second.plugin);
        second.call();

        gateway.put(update.plugin, second.plugin);

        assertThat(drained(first.plugin.identity())).isNotDone();
        assertThat(drained(second.plugin.identity())).isCompletedExceptionally();
        CompletableFuture<Void> drained = drained(first.plugin.identity());
        first.release();
        drained.get(5, TimeUnit.SECONDS);

        gateway.put(update.plugin);
        assertThat(drained(second.plugin.identity())).isNotDone();
        assertThat(drained(update.plugin.identity())).isCompletedExceptionally();
        second.release();
        drained(second.plugin.identity()).get(5, TimeUnit.SECONDS);
    }

    @Test
    void drainTheEarlierCodeOfAVersionThatIsStartedAgain() throws Exception {
        HeldCalls before = new HeldCalls(gateway, "2.0.0");
        HeldCalls again = new HeldCalls(gateway, "2.0.0");
        HeldCalls beside = new HeldCalls(gateway, "1.0.0");
        gateway.put(before.plugin, beside.plugin);
        before.call();

        gateway.put(again.plugin, beside.plugin);
        again.call();
        CompletableFuture<Void> drained = drained(before.plugin.identity());

        assertThat(drained).isNotDone();
        before.release();
        drained.get(5, TimeUnit.SECONDS);
        assertThat(drained(again.plugin.identity())).isCompletedExceptionally();
        again.release();
    }

    @Test
    void goTogether() {
        gateway.remove("inventory");

        assertThat(gateway.routing.snapshot().services()).isEmpty();
        assertThat(drained(one.identity())).isCompleted();
        assertThat(drained(two.identity())).isCompleted();
    }

    @Test
    void areNeverTheSame() {
        RoutingSnapshot before = gateway.routing.snapshot();

        assertThatThrownBy(() -> gateway.put(one, products("1.0.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Plugin inventory 1.0.0 is put twice.");
        assertThat(gateway.routing.snapshot()).isSameAs(before);
    }

    private String askedBy(TestPlugin caller) throws Exception {
        return gateway.ask(caller, "inventory.products", "/version");
    }

    private String face() {
        return gateway.send(get("/api/v1/p/inventory/version").as("alice")).text();
    }

    private CompletableFuture<Void> drained(PluginIdentity plugin) {
        return gateway.routing.drained(plugin).toCompletableFuture();
    }
}
