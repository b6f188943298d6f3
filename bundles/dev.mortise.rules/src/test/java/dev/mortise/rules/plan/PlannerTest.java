// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static dev.mortise.rules.plan.Plans.groups;
import static dev.mortise.rules.plan.Plans.id;
import static dev.mortise.rules.plan.Plans.plan;
import static dev.mortise.rules.plan.Plans.waiting;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Plan;
import dev.mortise.testkit.PluginBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlannerTest {
    @Nested
    class WhenEverythingIsThere {
        @Test
        void startsProvidersFirstInOneGroup() {
            Plan plan = plan(
                    plugin("reports").needs("inventory.products", "^1.0.0"),
                    plugin("inventory").offers("inventory.products").needs("store.files", "*"),
                    plugin("store").offers("store.files"));

            assertThat(groups(plan)).isEqualTo("[store, inventory, reports]");
        }

        @Test
        void putsIndependentPluginsIntoGroupsOfTheirOwnInOrderOfTheirSmallestId() {
            Plan plan = plan(
                    plugin("zeta").needs("alpha.one", "1"),
                    plugin("alpha").offers("alpha.one"),
                    plugin("mid"),
                    plugin("beta").offers("beta.one"),
                    plugin("gamma").needs("beta.one", "1"));

            assertThat(groups(plan)).isEqualTo("[alpha, zeta] [beta, gamma] [mid]");
        }

        @Test
        void joinsGroupsThatShareAProviderOrAConsumer() {
            Plan plan = plan(
                    plugin("c1").needs("pa.x", "1"),
                    plugin("c2").needs("pa.x", "1").needs("pb.x", "1"),
                    plugin("c3").needs("pb.x", "1"),
                    plugin("pa").offers("pa.x"),
                    plugin("pb").offers("pb.x"));

            assertThat(groups(plan)).isEqualTo("[pa, c1, pb, c2, c3]");
        }

        @Test
        void doesNotJoinByOptionalDependencies() {
            Plan plan = plan(
                    plugin("reports").wants("crm.contacts", "^1.0.0"),
                    plugin("crm").offers("crm.contacts"));

            assertThat(groups(plan)).isEqualTo("[crm] [reports]");
            assertThat(plan.warnings()).isEmpty();
        }

        @Test
        void takesTheHighestVersionThatFitsOfAServiceInSeveralVersions() {
            Plan plan = plan(
                    plugin("old").needs("shop.carts", "^1.0.0"),
                    plugin("new").needs("shop.carts", "^2.0.0"),
                    plugin("shop")
                            .offers("shop.carts", "1.4.0", "GET /v1/carts")
                            .offers("shop.carts", "2.0.0", "GET /v2/carts"));

            assertThat(groups(plan)).isEqualTo("[shop, new, old]");
        }

        @Test
        void plansAnEmptySet() {
            assertThat(plan()).isEqualTo(new Plan(List.of(), Map.of(), Map.of(), Map.of()));
        }
    }

    @Nested
    class WhenAProviderIsNotThere {
        @Test
        void waitsForAMissingService() {
            Plan plan = plan(plugin("reports").needs("inventory.products", "^1.0.0"));

            assertThat(waiting(plan, "reports"))
                    .containsExactly("Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports':"
                            + " no plugin offers it. Deploy plugin 'inventory'.");
            assertThat(plan.groups()).isEmpty();
        }

        @Test
        void waitsForAVersionOfThePluginThatOffersTheService() {
            Plan plan = plan(
                    plugin("reports").needs("inventory.products", "^1.0.0").wants("inventory.labels", "1"),
                    plugin("inventory").offers("inventory.stock"));

            assertThat(waiting(plan, "reports"))
                    .containsExactly("Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports':"
                            + " plugin 'inventory' 1.0.0 does not offer it, only inventory.stock 1.0.0. Deploy a"
                            + " version of plugin 'inventory' that offers it.");
            assertThat(plan.warnings().get(id("reports")))
                    .containsExactly("Optional dependency 'inventory.labels' (1) of plugin 'reports' is not wired:"
                            + " plugin 'inventory' 1.0.0 does not offer it.");
        }

        @Test
        void waitsForAnotherVersion() {
            Plan plan = plan(
                    plugin("reports").needs("inventory.products", "^2.0.0"),
                    plugin("inventory").offers("inventory.products", "1.5.0"));

            assertThat(waiting(plan, "reports"))
                    .containsExactly("Version mismatch for inventory.products: requires ^2.0.0, installed 1.5.0."
                            + " Deploy inventory.products 2.x or relax the range in plugin 'reports'.");
            assertThat(groups(plan)).isEqualTo("[inventory]");
        }

        @Test
        void takesNoPreReleaseThatWasNotAskedFor() {
            PluginBuilder inventory = plugin("inventory").offers("inventory.products", "1.1.0-rc.1");

            assertThat(plan(plugin("a1").needs("inventory.products", "^1.0.0"), inventory)
                            .waiting())
                    .containsOnlyKeys(id("a1"));
            assertThat(plan(plugin("a1").needs("inventory.products", "^1.1.0-rc.0"), inventory)
                            .waiting())
                    .isEmpty();
        }

        @Test
        void waitsWhenTheDependencyNamesAnotherOwner() {
            Plan plan = plan(
                    plugin("reports").needs("stock", "inventory.products", "^1.0.0"),
                    plugin("inventory").offers("inventory.products"),
                    plugin("stock"));

            assertThat(waiting(plan, "reports"))
                    .containsExactly("Dependency 'inventory.products' of plugin 'reports' names plugin 'stock', but the"
                            + " service belongs to plugin 'inventory'. Write \"pluginId\": \"inventory\" in plugin"
                            + " 'reports'.");
        }

        @Test
        void namesEveryReason() {
            Plan plan = plan(
                    plugin("reports")
                            .needs("aa.x", "1")
                            .needs("bb.x", "2")
                            .wants("cc.x", "1")
                            .needs("dd.x", "1"),
                    plugin("bb").offers("bb.x"));

            assertThat(plan.waiting().get(id("reports")))
                    .extracting(problem -> problem.pointerText().orElseThrow())
                    .containsExactly("/api/dependencies/0", "/api/dependencies/1", "/api/dependencies/3");
        }

        @Test
        void letsAChainOfWaitingBeRead() {
            Plan plan = plan(
                    plugin("aa").needs("bb.x", "1"),
                    plugin("bb").offers("bb.x").needs("cc.x", "1"),
                    plugin("cc").offers("cc.x").needs("dd.x", "^1.0.0"));

            assertThat(waiting(plan, "bb"))
                    .containsExactly(
                            "Required dependency 'cc.x' (1) of plugin 'bb' is not served: plugin 'cc' is WAITING."
                                    + " Missing required dependency 'dd.x' (^1.0.0) of plugin 'cc': no plugin offers it."
                                    + " Deploy plugin 'dd'.");
            assertThat(waiting(plan, "aa"))
                    .containsExactly(
                            "Required dependency 'bb.x' (1) of plugin 'aa' is not served: plugin 'bb' is WAITING."
                                    + " The chain is bb -> cc. Missing required dependency 'dd.x' (^1.0.0) of plugin 'cc':"
                                    + " no plugin offers it. Deploy plugin 'dd'.");
        }

        @Test
        void keepsTheSentenceOfAVeryLongChainShort() {
            PluginBuilder[] chain = new PluginBuilder[300];
            for (int i = 0; i < chain.length; i++) {
                chain[i] =
                        plugin("p" + (1000 + i)).offers("p" + (1000 + i) + ".x").needs("p" + (1001 + i) + ".x", "1");
            }

            assertThat(waiting(plan(chain), "p1000").get(0))
                    .contains("The chain is p1001 -> p1002 -> p1003 -> (293 more) -> p1297 -> p1298 -> p1299. Missing")
                    .hasSizeLessThan(400);
        }

        @Test
        void warnsOfOptionalDependenciesThatAreNotWired() {
            Plan plan = plan(
                    plugin("reports")
                            .wants("gone.x", "^1.0.0")
                            .wants("old.x", "^2.0.0")
                            .wants("other", "old.x", "^1.0.0")
                            .wants("stuck.x", "1"),
                    plugin("old").offers("old.x"),
                    plugin("stuck").offers("stuck.x").needs("gone.y", "1"));

            assertThat(groups(plan)).isEqualTo("[old] [reports]");
            assertThat(plan.warnings().get(id("reports")))
                    .containsExactly(
                            "Optional dependency 'gone.x' (^1.0.0) of plugin 'reports' is not wired: no plugin offers it.",
                            "Optional dependency 'old.x' (^2.0.0) of plugin 'reports' is not wired: installed is 1.0.0.",
                            "Optional dependency 'old.x' (^1.0.0) of plugin 'reports' is not wired: it names plugin"
                                    + " 'other', but the service belongs to plugin 'old'.",
                            "Optional dependency 'stuck.x' (1) of plugin 'reports' is not wired: plugin 'stuck' is"
                                    + " WAITING.");
        }
    }
}
