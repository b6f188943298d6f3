// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static dev.mortise.rules.plan.Plans.groups;
import static dev.mortise.rules.plan.Plans.id;
import static dev.mortise.rules.plan.Plans.refused;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.testkit.PluginBuilder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services of instances that run elsewhere and are registered here. */
class HeldElsewhereTest {
    private static final Map<ServiceName, PluginId> HELD = Map.of(new ServiceName("shop.carts"), new PluginId("shop"));

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

    private static Plan beside(PluginBuilder... plugins) {
        return Planner.plan(Arrays.stream(plugins).map(PluginBuilder::candidate).toList(), Plans.HOST, HELD);
    }
}
