// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static dev.mortise.rules.plan.Plans.groups;
import static dev.mortise.rules.plan.Plans.id;
import static dev.mortise.rules.plan.Plans.plan;
import static dev.mortise.rules.plan.Plans.refused;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plugins that can't run as they are, whatever others do. */
class RefusalsTest {
    @Test
    void refusesAnotherHost() {
        Plan plan = plan(plugin("reports").host(">=2.0.0"));

        assertThat(refused(plan, "reports"))
                .containsExactly("Plugin 'reports' needs Mortise >=2.0.0, but this is 1.0.0. Update Mortise, or deploy"
                        + " a version of plugin 'reports' that is made for it.");
    }

    @Test
    void refusesRangesThatAreNone() {
        Plan plan = plan(plugin("reports").host("newest").needs("aa.x", "1").wants("bb.x", "^^1"));

        assertThat(plan.refused().get(id("reports")))
                .extracting(problem -> problem.pointerText().orElseThrow())
                .containsExactly("/host", "/api/dependencies/1/version");
        assertThat(refused(plan, "reports").get(0)).startsWith("'newest' is no version range");
    }

    @Test
    void keepsAServiceNameWithTheSmallestId() {
        Plan plan = plan(
                plugin("beta").offers("shop.carts"),
                plugin("alpha").offers("shop.carts"),
                plugin("user").needs("alpha", "shop.carts", "1"),
                plugin("lost").needs("beta", "shop.carts", "1"));

        assertThat(refused(plan, "beta"))
                .containsExactly("Service 'shop.carts' of plugin 'beta' already belongs to plugin 'alpha'.");
        assertThat(plan.refused().get(id("beta")).get(0))
                .isInstanceOfSatisfying(Problem.Clash.class, clash -> assertThat(clash.owner())
                        .isEqualTo(id("alpha").id()));
        assertThat(groups(plan)).isEqualTo("[alpha, user]");
        assertThat(plan.waiting()).containsOnlyKeys(id("lost"));
    }

    @Test
    void refusesTwoEndpointsOfOneShape() {
        Plan plan = plan(plugin("shop")
                .offers("shop.carts", "1.0.0", "GET /carts/{id}", "POST /carts/{id}")
                .offers("shop.baskets", "1.0.0", "GET /carts/:key"));

        assertThat(refused(plan, "shop"))
                .containsExactly("Endpoint GET /carts/{key} of service 'shop.baskets' in plugin 'shop' is already"
                        + " declared by service 'shop.carts'.");
    }

    @Test
    void refusesEndpointsWhereAProcessIsAskedItself() {
        Plan plan = plan(
                plugin("shop").runsAs("bundle", "worker").offers("shop.carts", "1.0.0", "GET /carts", "POST /disable"),
                plugin("tools").runsAs("worker").offers("tools.all", "1.0.0", "GET /mcp/{name}"),
                plugin("here").offers("here.all", "1.0.0", "GET /health"));

        assertThat(refused(plan, "shop"))
                .containsExactly("Endpoint POST /disable of plugin 'shop' is where a process of its own is asked by the"
                        + " container, and plugin.json lists other locations than 'bundle'.");
        assertThat(plan.refused().get(id("shop")).get(0).pointerText()).contains("/api/services/0/endpoints/1/path");
        assertThat(refused(plan, "tools")).hasSize(1);
        assertThat(groups(plan)).isEqualTo("[here]");
    }

    @Test
    void refusesOneVersionOfAServiceTwice() {
        Plan plan = plan(
                plugin("shop").offers("shop.carts", "1.0.0+a", "GET /a").offers("shop.carts", "1.0.0+b", "GET /b"));

        assertThat(refused(plan, "shop")).containsExactly("Plugin 'shop' declares service 'shop.carts' 1.0.0 twice.");
    }

    @Test
    void leavesABlockedPluginOutAndLetsItsDependentsWait() {
        Problem failed = new Problem.StartProblem("The component did not start.", "Mend it.");
        Plan plan = Planner.plan(
                List.of(
                        plugin("inventory").offers("inventory.products").blockedBy(failed),
                        plugin("reports").needs("inventory.products", "1").candidate()),
                Plans.HOST);

        assertThat(plan.refused()).isEqualTo(Map.of(id("inventory"), List.of(failed)));
        assertThat(plan.waiting().get(id("reports")).get(0))
                .isInstanceOfSatisfying(Problem.ProviderNotReady.class, problem -> {
                    assertThat(problem.state()).isEqualTo(PluginState.FAILED);
                    assertThat(problem.reason()).isEqualTo("The component did not start.");
                });
    }
}
