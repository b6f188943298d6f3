// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static dev.mortise.rules.plan.Plans.groups;
import static dev.mortise.rules.plan.Plans.id;
import static dev.mortise.rules.plan.Plans.refused;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.testkit.PluginBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Services of instances that run elsewhere and are registered here. */
class HeldElsewhereTest {
    private static final Map<ServiceName, HeldService> HELD = Map.of(
            new ServiceName("shop.carts"),
            new HeldService(new PluginId("shop"), Set.of(new Version("1.2.0"), new Version("2.0.0"))));

    @Test
    void belongToTheirPluginWhateverIdComesFirst() {
        Plan plan = beside(plugin("alpha").offers("shop.carts"), plugin("user").needs("alpha", "shop.carts", "1"));

        assertThat(refused(plan, "alpha"))
                .containsExactly("Service 'shop.carts' of plugin 'alpha' already belongs to plugin 'shop', which is"
                        + " registered from elsewhere.");
        assertThat(plan.refused().get(id("alpha")).get(0)).isInstanceOfSatisfying(Problem.Clash.class, clash -> {
            assertThat(clash.owner()).isEqualTo(new PluginId("shop"));
            assertThat(clash.remedy()).isEqualTo("Rename the service in plugin 'alpha', or deregister plugin 'shop'.");
        });
        assertThat(plan.waiting().get(id("user")).get(0))
                .isInstanceOfSatisfying(Problem.WrongOwner.class, wrong -> assertThat(wrong.owner())
                        .isEqualTo(new PluginId("shop")));
    }

    @Test
    void areOfferedHereByTheirOwnPlugin() {
        Plan plan = beside(plugin("shop").offers("shop.carts"), plugin("user").needs("shop", "shop.carts", "1"));

        assertThat(plan.refused()).isEmpty();
        assertThat(groups(plan)).isEqualTo("[shop, user]");
    }

    @Test
    void serveWhoRequiresThem() {
        Plan plan = beside(plugin("user").needs("shop", "shop.carts", "^1.0.0"));

        assertThat(plan.waiting()).isEmpty();
        assertThat(groups(plan)).isEqualTo("[user]");
    }

    @Test
    void serveWhileTheirPluginDoesNotHere() {
        Plan plan = beside(
                plugin("shop").offers("shop.carts").needs("none", "none.such", "1"),
                plugin("user").needs("shop", "shop.carts", "^1.0.0"));

        assertThat(plan.waiting()).containsOnlyKeys(id("shop"));
    }

    @Test
    void areToldByTheirVersionWhereNoneFits() {
        Plan plan = beside(plugin("user").needs("shop", "shop.carts", "^3.0.0"));

        assertThat(plan.waiting().get(id("user")).get(0))
                .isInstanceOfSatisfying(Problem.VersionMismatch.class, mismatch -> assertThat(mismatch.installed())
                        .isEqualTo(new Version("2.0.0")));
    }

    private static Plan beside(PluginBuilder... plugins) {
        return Planner.plan(Arrays.stream(plugins).map(PluginBuilder::candidate).toList(), Plans.HOST, HELD);
    }
}
