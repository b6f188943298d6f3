// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import static dev.mortise.host.tenancy.House.ACME;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.admin.Installations.Installation;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Starts for tenants that take long, or that a container did not live to see the end of. */
class UnfinishedStartsTest {
    private final NotedHooks hooks = new NotedHooks();

    private static House house(MapInstallations store) {
        return new House(Policy.NONE, Duration.ofMillis(100), store)
                .deploy(plugin("inventory").offers("inventory.products"))
                .deploy(plugin("reports").needs("inventory.products", "^1.0.0"));
    }

    /** Enables both, and is killed before anything was started. */
    private static MapInstallations killedWhileItEnables() {
        MapInstallations store = new MapInstallations();
        House killed = house(store);
        NotedHooks deadly = new NotedHooks() {
            @Override
            public CompletableFuture<Optional<String>> start(TenantId tenant) {
                throw new IllegalStateException("kill -9");
            }
        };
        killed.hooks("inventory", deadly);
        assertThatThrownBy(() -> killed.orders.enable("acme", "reports", true)).hasMessage("kill -9");
        return store;
    }

    @Test
    void whatWasBeingEnabledWhenTheContainerDiedTakesCalls() {
        House again = house(killedWhileItEnables()).hooks("reports", hooks);

        assertThat(again.standing("acme", "inventory")).isEqualTo(Standing.OPEN);
        assertThat(again.standing("acme", "reports")).isEqualTo(Standing.OPEN);
        assertThat(again.tenancy.served(new PluginId("reports"))).containsExactly(ACME);
        again.tenancy.enter(ACME, new PluginId("reports"), House.digest("reports"));
        assertThat(hooks.called).containsExactly("start acme");
    }

    @Test
    void enablingItAgainStartsIt() {
        House again = house(killedWhileItEnables()).hooks("reports", hooks);

        Installation enabled = again.orders.enable("acme", "reports", true);

        assertThat(enabled.runtimeState()).isEqualTo(RuntimeState.READY);
        assertThat(hooks.called).containsExactly("start acme");
        assertThat(again.store.written).last().isEqualTo("reports ready");
    }

    @Test
    void aStartThatGoesOnIsNotWrittenDownAsReady() {
        House house = house(new MapInstallations()).hooks("inventory", hooks);
        hooks.goesOn = true;

        Installation enabled = house.orders.enable("acme", "inventory", false);

        assertThat(enabled.runtimeState()).isEqualTo(RuntimeState.STARTING);
        assertThat(enabled.reason()).isEqualTo("Its start hook runs for this tenant.");
        assertThat(house.store.written).containsExactly("inventory starting");
    }

    /** The call passed the gate before the plugin was disabled. */
    @Test
    void whatWasBegunForATenantThatNoLongerHasThePluginIsFollowedByItsGoodbye() {
        CompletableFuture<Optional<String>> start = new CompletableFuture<>();
        NotedHooks slow = new NotedHooks() {
            @Override
            public CompletableFuture<Optional<String>> start(TenantId tenant) {
                called.add("start " + tenant);
                return start;
            }
        };
        House house = house(new MapInstallations()).hooks("inventory", slow);
        house.orders.disable("acme", "inventory", false);

        house.tenancy.enter(ACME, new PluginId("inventory"), House.digest("inventory"));
        assertThat(slow.called).containsExactly("start acme");
        start.complete(Optional.empty());

        assertThat(slow.called).containsExactly("start acme", "disable acme");
    }

    /** Its hook runs, and would run twice. */
    @Test
    void anOrderToStartJoinsTheStartThatGoesOn() {
        House house = house(new MapInstallations()).hooks("inventory", hooks);
        hooks.goesOn = true;
        house.orders.enable("acme", "inventory", false);

        assertThat(house.orders.start("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.STARTING);

        assertThat(hooks.called).containsExactly("start acme");
        hooks.begun.get(0).complete(Optional.of("It throws."));
        assertThat(house.orders.find("acme", "inventory"))
                .extracting(Installation::runtimeState, Installation::reason)
                .containsExactly(RuntimeState.DEGRADED, "It throws.");
        assertThat(house.orders.start("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.STARTING);
        assertThat(hooks.called).containsExactly("start acme", "start acme");
    }

    @Test
    void aStartThatWasStoppedDoesNotSayHowTheNextOneWent() {
        House house = house(new MapInstallations()).hooks("inventory", hooks);
        hooks.goesOn = true;
        house.orders.enable("acme", "inventory", false);
        house.orders.restart("acme", "inventory");

        hooks.begun.get(0).complete(Optional.of("It was stopped."));
        assertThat(house.orders.find("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.STARTING);
        hooks.begun.get(1).complete(Optional.empty());

        assertThat(house.orders.find("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.READY);
        assertThat(house.store.written).doesNotContain("inventory degraded");
    }

    /** While one version follows another, both run. */
    @Test
    void allVersionsThatRunAreStartedThoughOneIsSlow() {
        NotedHooks other = new NotedHooks();
        House house = house(new MapInstallations()).hooks("inventory", hooks);
        house.tenancy.began(new PluginId("inventory"), House.digest("next"), other);
        hooks.goesOn = true;
        other.goesOn = true;

        house.orders.enable("acme", "inventory", false);

        assertThat(hooks.called).containsExactly("start acme");
        assertThat(other.called).containsExactly("start acme");
    }

    @Test
    void sayThatTheyWaitWhileTheyDo() {
        House house = house(new MapInstallations()).hooks("inventory", hooks);
        hooks.goesOn = true;
        hooks.waits = true;

        assertThat(house.orders.enable("acme", "inventory", false).reason())
                .isEqualTo(
                        "Its start hook waits for its turn: as many hooks of this plugin run as may at the same time.");
    }

    @Test
    void callsWaitForAStartOnceAndNotEachAnew() {
        House house = house(new MapInstallations()).hooks("inventory", hooks);
        hooks.goesOn = true;

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int call = 0; call < 100; call++) {
                house.tenancy.enter(ACME, new PluginId("inventory"), House.digest("inventory"));
            }
        });
        assertThat(hooks.called).containsExactly("start acme");
    }
}
