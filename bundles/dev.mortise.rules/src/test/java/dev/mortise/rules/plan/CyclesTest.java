// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.testkit.PluginBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CyclesTest {
    private static final String ABC = "Circular dependency detected: plugin-a -> plugin-b -> plugin-c -> plugin-a";

    @Test
    void refusesEveryMemberWithTheSamePathFromTheSmallestId() {
        Plan plan = plan(
                node("plugin-c").needs("plugin-a.x", "1"),
                node("plugin-a").needs("plugin-b.x", "1"),
                node("plugin-b").needs("plugin-c.x", "1"));

        assertThat(plan.refused()).hasSize(3);
        assertThat(plan.refused().values())
                .allSatisfy(problems -> assertThat(problems).singleElement().satisfies(problem -> {
                    assertThat(problem.message()).isEqualTo(ABC);
                    assertThat(problem.code()).isEqualTo(Problem.Code.CYCLE);
                }));
        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.groups()).isEmpty();
    }

    @Test
    void refusesAPluginThatNeedsItself() {
        Plan plan = plan(node("plugin-a").needs("plugin-a.x", "1"));

        assertThat(sentences(plan, "plugin-a")).containsExactly("Circular dependency detected: plugin-a -> plugin-a");
    }

    @Test
    void letsThoseWaitWhoNeedAMember() {
        Plan plan = plan(
                node("outside").needs("plugin-b.x", "1"),
                node("farther").needs("outside.x", "1"),
                node("plugin-a").needs("plugin-b.x", "1").needs("free.x", "1"),
                node("plugin-b").needs("plugin-a.x", "1"),
                node("free"));

        Problem.ProviderNotReady waiting = (Problem.ProviderNotReady)
                plan.waiting().get(Plans.id("outside")).get(0);
        assertThat(waiting.state()).isEqualTo(PluginState.REJECTED);
        assertThat(waiting.reason()).isEqualTo("Circular dependency detected: plugin-a -> plugin-b -> plugin-a");
        assertThat(plan.waiting().get(Plans.id("farther")).get(0).message())
                .isEqualTo("Required dependency 'outside.x'"
                        + " (1) of plugin 'farther' is not served: plugin 'outside' is WAITING. The chain is"
                        + " outside -> plugin-b. Circular dependency detected: plugin-a -> plugin-b -> plugin-a");
        assertThat(plan.groups()).hasSize(1);
    }

    @Test
    void neitherRefusesNorBlocksForALoopThroughAnOptionalDependency() {
        Plan plan = plan(
                node("plugin-a").needs("plugin-b.x", "1"),
                node("plugin-b").needs("plugin-c.x", "1"),
                node("plugin-c").wants("plugin-a.x", "1"));

        assertThat(plan.refused()).isEmpty();
        assertThat(plan.waiting()).isEmpty();
        assertThat(plan.groups().get(0).members())
                .extracting(member -> member.manifest().id().value())
                .containsExactly("plugin-c", "plugin-b", "plugin-a");
        assertThat(plan.warnings()).hasSize(3);
        assertThat(plan.warnings().values()).allSatisfy(warnings -> assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        "in a loop that an optional dependency closes: plugin-a -> plugin-b -> plugin-c -> plugin-a."));
    }

    @Test
    void warnsOfAPluginThatWouldUseItself() {
        Plan plan = plan(node("plugin-a").wants("plugin-a.x", "1"));

        assertThat(plan.refused()).isEmpty();
        assertThat(plan.warnings().get(Plans.id("plugin-a")).get(0)).contains("plugin-a -> plugin-a");
    }

    @Test
    void findsACycleThatAnUpgradeCloses() {
        PluginBuilder provider = node("plugin-b");
        PluginBuilder consumer = node("plugin-a").needs("plugin-b.x", "1");

        assertThat(plan(consumer, provider).refused()).isEmpty();
        assertThat(plan(consumer, provider.version("1.1.0").needs("plugin-a.x", "1"))
                        .refused())
                .hasSize(2);
    }

    @Test
    void namesACycleWhateverVersionsItsEdgesAskFor() {
        Plan plan = plan(
                node("plugin-a").needs("plugin-b.x", "^9.0.0"), node("plugin-b").needs("plugin-a.x", "1"));

        assertThat(plan.refused()).hasSize(2);
    }

    @Test
    void addsTheCycleToWhatElseSpeaksAgainstAMember() {
        Plan plan = plan(
                node("plugin-a").needs("plugin-b.x", "1").host(">=9.0.0"),
                node("plugin-b").needs("plugin-a.x", "1"));

        assertThat(sentences(plan, "plugin-a")).hasSize(2).element(1).asString().startsWith("Circular dependency");
    }

    @Test
    void coversEachPluginOfAKnotByOneShortCycle() {
        Plan plan = plan(
                node("plugin-a").needs("plugin-b.x", "1"),
                node("plugin-b").needs("plugin-a.x", "1").needs("plugin-c.x", "1"),
                node("plugin-c").needs("plugin-d.x", "1"),
                node("plugin-d").needs("plugin-b.x", "1"));

        assertThat(sentences(plan, "plugin-a"))
                .containsExactly("Circular dependency detected: plugin-a -> plugin-b -> plugin-a");
        assertThat(sentences(plan, "plugin-b")).isEqualTo(sentences(plan, "plugin-a"));
        assertThat(sentences(plan, "plugin-c"))
                .containsExactly("Circular dependency detected: plugin-b -> plugin-c -> plugin-d -> plugin-b");
        assertThat(sentences(plan, "plugin-d")).isEqualTo(sentences(plan, "plugin-c"));
    }

    @Test
    void keepsTwoCyclesApart() {
        Plan plan = plan(
                node("aa").needs("bb.x", "1"),
                node("bb").needs("aa.x", "1").needs("cc.x", "1"),
                node("cc").needs("dd.x", "1"),
                node("dd").needs("cc.x", "1"));

        assertThat(sentences(plan, "bb")).containsExactly("Circular dependency detected: aa -> bb -> aa");
        assertThat(sentences(plan, "cc")).containsExactly("Circular dependency detected: cc -> dd -> cc");
    }

    @Test
    void survivesACycleOfThousandsOfPlugins() {
        PluginBuilder[] ring = new PluginBuilder[5000];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = node("p" + (10000 + i)).needs("p" + (10000 + (i + 1) % ring.length) + ".x", "1");
        }

        assertThat(plan(ring).refused()).hasSize(5000);
    }

    private static PluginBuilder node(String id) {
        return plugin(id).offers(id + ".x");
    }

    private static Plan plan(PluginBuilder... plugins) {
        List<Candidate> candidates =
                Arrays.stream(plugins).map(PluginBuilder::candidate).toList();
        return Planner.plan(candidates, new Version("1.0.0"));
    }

    private static List<String> sentences(Plan plan, String plugin) {
        return plan.refused().get(Plans.id(plugin)).stream()
                .map(Problem::message)
                .toList();
    }
}
