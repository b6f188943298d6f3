// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import static dev.mortise.host.tenancy.House.ACME;
import static dev.mortise.testkit.EndpointBuilder.endpoint;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Installations.Installation;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.InstallationStore.Decided;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class InstallationOrdersTest {
    private static final String MISSING =
            "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports' for tenant 'acme': plugin"
                    + " 'inventory' is not enabled. Enable plugin 'inventory'.";

    private final NotedHooks hooks = new NotedHooks();

    private static House house(Policy policy) {
        return new House(policy)
                .deploy(plugin("inventory").offers("inventory.products"))
                .deploy(plugin("reports").needs("inventory.products", "^1.0.0"));
    }

    @Test
    void everyPluginIsThereForEverybodyUnlessSomebodySaysOtherwise() {
        House house = house(Policy.ALL);

        assertThat(house.standing("acme", "reports")).isEqualTo(Standing.OPEN);
        assertThat(house.orders.find("acme", "reports"))
                .extracting(Installation::enabled, Installation::runtimeState)
                .containsExactly(true, RuntimeState.READY);
        assertThat(house.store.written).isEmpty();
    }

    @Test
    void noPluginIsThereUntilItIsEnabledWhereThePolicyIsNone() {
        House house = house(Policy.NONE);
        assertThat(house.standing("acme", "inventory")).isEqualTo(Standing.ABSENT);

        Installation enabled = house.orders.enable("acme", "inventory", false);

        assertThat(enabled.runtimeState()).isEqualTo(RuntimeState.READY);
        assertThat(house.standing("acme", "inventory")).isEqualTo(Standing.OPEN);
        assertThat(house.standing("beta", "inventory")).isEqualTo(Standing.ABSENT);
        assertThat(house.store.written).containsExactly("inventory starting", "inventory ready");
    }

    @Test
    void refusesToEnableWhatLacksItsProvider() {
        House house = house(Policy.NONE);

        refused(ErrorCode.CONFLICT, MISSING, () -> house.orders.enable("acme", "reports", false));

        assertThat(house.store.written).isEmpty();
    }

    @Test
    void enablesProvidersFirstWhenAsked() {
        House house = house(Policy.NONE);

        house.orders.enable("acme", "reports", true);

        assertThat(house.standing("acme", "reports")).isEqualTo(Standing.OPEN);
        assertThat(house.standing("acme", "inventory")).isEqualTo(Standing.OPEN);
        assertThat(house.store.written).startsWith("inventory starting", "reports starting");
    }

    @Test
    void refusesToDisableWhatEnabledPluginsRequire() {
        House house = house(Policy.ALL);

        refused(
                ErrorCode.CONFLICT,
                "Plugin 'inventory' is needed by 'reports' for tenant 'acme'. Disable them first, or force it: they take no"
                        + " calls until it is enabled again.",
                () -> house.orders.disable("acme", "inventory", false));
    }

    @Test
    void dependentsOfAForcedDisableStandInErrorUntilItIsBack() {
        House house = house(Policy.ALL);

        assertThat(house.orders.disable("acme", "inventory", true).enabled()).isFalse();

        assertThat(house.standing("acme", "inventory")).isEqualTo(Standing.ABSENT);
        assertThat(house.standing("acme", "reports")).isEqualTo(new Standing.Closed(MISSING));
        assertThat(house.orders.find("acme", "reports"))
                .extracting(Installation::runtimeState, Installation::reason)
                .containsExactly(RuntimeState.ERROR, MISSING);
        assertThat(house.standing("beta", "reports")).isEqualTo(Standing.OPEN);

        house.orders.enable("acme", "inventory", false);
        assertThat(house.standing("acme", "reports")).isEqualTo(Standing.OPEN);
    }

    @Test
    void runsTheHooksOfTheTenant() {
        House house = house(Policy.ALL).hooks("inventory", hooks);
        house.tenancy.enter(ACME, new PluginId("inventory"), House.digest("inventory"));
        house.tenancy.enter(ACME, new PluginId("inventory"), House.digest("inventory"));

        house.orders.disable("acme", "inventory", true);
        house.orders.enable("acme", "inventory", false);

        assertThat(hooks.called).containsExactly("start acme", "disable acme", "start acme");
    }

    @Test
    void aStartThatFailsDegradesThatTenantOnly() {
        House house = house(Policy.ALL).hooks("inventory", hooks);
        hooks.failure = Optional.of("It throws.");

        house.tenancy.enter(ACME, new PluginId("inventory"), House.digest("inventory"));

        assertThat(house.orders.find("acme", "inventory"))
                .extracting(Installation::runtimeState, Installation::reason)
                .containsExactly(RuntimeState.DEGRADED, "It throws.");
        assertThat(house.standing("acme", "inventory")).isEqualTo(Standing.OPEN);
        assertThat(house.orders.find("beta", "inventory").runtimeState()).isEqualTo(RuntimeState.READY);
        assertThat(house.store.written).containsExactly("inventory degraded");

        hooks.failure = Optional.empty();
        assertThat(house.orders.restart("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.READY);
    }

    @Test
    void stopsAndStarts() {
        House house = house(Policy.ALL);

        assertThat(house.orders.stop("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.STOPPED);
        assertThat(house.standing("acme", "inventory"))
                .isEqualTo(new Standing.Closed(
                        "Plugin 'inventory' is stopped for tenant 'acme'. An administrator can start it."));

        assertThat(house.orders.start("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.READY);
        assertThat(house.standing("acme", "inventory")).isEqualTo(Standing.OPEN);
    }

    @Test
    void startsNothingThatIsNotEnabled() {
        House house = house(Policy.NONE);

        refused(
                ErrorCode.CONFLICT,
                "Plugin 'inventory' is not enabled for tenant 'acme'. Enable it first.",
                () -> house.orders.start("acme", "inventory"));
    }

    @Test
    void showsHowThePluginItselfStands() {
        House house = new House(Policy.ALL)
                .deploy(plugin("one"), PluginState.WAITING, "It waits.")
                .deploy(plugin("two"), PluginState.FAILED, "It failed.")
                .deploy(plugin("three"), PluginState.DEGRADED, "It coughs.")
                .deploy(plugin("four"), PluginState.STARTING, "It starts.");

        assertThat(house.orders.list("acme"))
                .extracting(one -> one.plugin() + " " + one.runtimeState().text() + " " + one.reason())
                .containsExactly(
                        "four starting It starts.",
                        "one stopped It waits.",
                        "three degraded It coughs.",
                        "two error It failed.");
    }

    @Test
    void knowsNeitherEveryTenantNorEveryPlugin() {
        House house = house(Policy.ALL);

        refused(ErrorCode.NOT_FOUND, "There is no tenant 'nobody'.", () -> house.orders.list("nobody"));
        refused(ErrorCode.PLUGIN_NOT_FOUND, "There is no plugin 'x!'.", () -> house.orders.find("acme", "x!"));
        refused(
                ErrorCode.PLUGIN_NOT_FOUND,
                "There is no plugin 'crm'.",
                () -> house.orders.enable("acme", "crm", true));
    }

    @Test
    void grantsWhatTheDependenciesRequestAndTakesItBack() {
        House house = new House(Policy.ALL)
                .deploy(plugin("inventory")
                        .offers(
                                "inventory.products",
                                "1.0.0",
                                endpoint("GET /products").needing("plugin.inventory.read")))
                .deploy(plugin("reports").needs("inventory.products", "^1.0.0"));
        assertThat(house.orders.find("acme", "reports").grants()).containsExactly("plugin.inventory.read");

        Installation revoked = house.orders.grant("acme", "reports", "plugin.inventory.read", false);

        assertThat(revoked.grants()).isEmpty();
        assertThat(revoked.revoked()).containsExactly("plugin.inventory.read");
        assertThat(house.tenancy.withheld(ACME, new PluginId("reports"))).containsExactly("plugin.inventory.read");
        house.orders.disable("acme", "reports", false);
        house.orders.enable("acme", "reports", false);
        assertThat(house.orders.find("acme", "reports").revoked()).hasSize(1);

        assertThat(house.orders
                        .grant("acme", "reports", "plugin.inventory.read", true)
                        .revoked())
                .isEmpty();
        refused(
                ErrorCode.VALIDATION_FAILED,
                "Plugin 'reports' requests no permission 'x'. Its dependencies request: plugin.inventory.read.",
                () -> house.orders.grant("acme", "reports", "x", true));
    }

    @Test
    void startsForTenantsThatAreServedAndHaveIt() {
        House house = house(Policy.ALL);
        house.tenants.suspended("gone");
        house.orders.disable("beta", "reports", false);

        assertThat(house.tenancy.served(new PluginId("reports")))
                .extracting(Object::toString)
                .isEqualTo(List.of("acme", "default"));
    }

    @Test
    void judgesByWhatOtherNodesDecidedMeanwhile() {
        House house = house(Policy.ALL);
        PluginId inventory = new PluginId("inventory");
        Decided off = new Decided(false, RuntimeState.STOPPED, "Off elsewhere.", Instant.EPOCH, Set.of("x"));

        house.store.refreshing = () -> house.store.put(ACME, inventory, off);
        refused(
                ErrorCode.CONFLICT,
                "Plugin 'inventory' is not enabled for tenant 'acme'. Enable it first.",
                () -> house.orders.stop("acme", "inventory"));
        house.store.refreshing = () -> {};
        assertThat(house.orders.enable("acme", "inventory", false).enabled()).isTrue();

        house.store.beforeDecision = () -> house.store.put(ACME, inventory, off);
        refused(
                ErrorCode.CONFLICT,
                "Plugin 'inventory' is not enabled for tenant 'acme'. Enable it first.",
                () -> house.orders.stop("acme", "inventory"));
        assertThat(house.orders.find("acme", "inventory").enabled()).isFalse();
        assertThat(house.tenancy.withheld(ACME, inventory)).containsExactly("x");
    }

    @Test
    void decidesAgainWhereAnotherNodeWasFaster() {
        House house = house(Policy.ALL);
        PluginId inventory = new PluginId("inventory");
        house.store.beforeDecision = () -> house.store.put(
                ACME, inventory, new Decided(true, RuntimeState.DEGRADED, "Ill.", Instant.EPOCH, Set.of("x")));

        assertThat(house.orders.stop("acme", "inventory").runtimeState()).isEqualTo(RuntimeState.STOPPED);
        assertThat(house.tenancy.withheld(ACME, inventory)).containsExactly("x");
    }

    @Test
    void runsHooksForWhatAnotherNodeDecided() {
        House house = house(Policy.ALL).hooks("inventory", hooks);
        PluginId inventory = new PluginId("inventory");
        house.tenancy.enter(ACME, inventory, House.digest("inventory"));

        house.store.elsewhere(ACME, inventory, new Decided(false, RuntimeState.STOPPED, "", Instant.EPOCH, Set.of()));
        house.store.elsewhere(ACME, inventory, new Decided(true, RuntimeState.STOPPED, "", Instant.EPOCH, Set.of()));
        house.store.elsewhere(ACME, inventory, new Decided(true, RuntimeState.READY, "", Instant.EPOCH, Set.of()));
        house.store.elsewhere(ACME, inventory, new Decided(true, RuntimeState.READY, "", Instant.EPOCH, Set.of("x")));
        assertThat(hooks.called).containsExactly("start acme", "disable acme", "start acme");

        house.store.elsewhere(ACME, inventory, new Decided(true, RuntimeState.STOPPED, "", Instant.EPOCH, Set.of()));
        house.store.elsewhere(ACME, inventory, new Decided(true, RuntimeState.READY, "", Instant.EPOCH, Set.of()));
        assertThat(hooks.called).containsExactly("start acme", "disable acme", "start acme", "start acme");
    }

    private static void refused(ErrorCode code, String sentence, ThrowingCallable order) {
        assertThatThrownBy(order)
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(sentence);
    }
}
