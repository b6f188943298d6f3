// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static dev.mortise.rules.plan.Plans.HOST;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.testkit.PluginBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoexistingVersionsTest {
    @Test
    void eachConsumerIsServedByTheMajorThatItsRangeAdmits() {
        Plan plan = plan(
                shop("1.4.0"),
                shop("2.0.0"),
                plugin("old").needs("shop.carts", "^1.0.0"),
                plugin("young").needs("shop.carts", "^2.0.0"));

        assertThat(plan.waiting()).isEmpty();
        assertThat(groups(plan)).isEqualTo("[old 1.0.0, shop 1.4.0] [shop 2.0.0, young 1.0.0]");
    }

    @Test
    void whoTakesAnyMajorIsServedByTheLowerOneWhileTheHigherCantRun() {
        Plan plan = plan(
                shop("1.4.0"),
                shop("2.0.0").needs("lost.files", "^1.0.0"),
                plugin("easy").needs("shop.carts", ">=1.0.0"),
                plugin("young").needs("shop.carts", "^2.0.0"));

        assertThat(plan.waiting().keySet())
                .extracting(PluginIdentity::toString)
                .containsExactly("shop 2.0.0", "young 1.0.0");
        assertThat(plan.groups().stream().flatMap(group -> group.members().stream()))
                .extracting(member -> member.identity().toString())
                .contains("easy 1.0.0", "shop 1.4.0");
    }

    @Test
    void saysWhyTheAdmittedMajorDoesNotServe() {
        Problem failed = new Problem.StartProblem("It broke.", "Mend it.");
        List<Candidate> candidates = List.of(
                shop("1.4.0").candidate(),
                blocked(shop("2.0.0").candidate(), failed),
                plugin("young").needs("shop.carts", "^2.0.0").candidate());

        Plan plan = Planner.plan(candidates, HOST);

        assertThat(plan.waiting().values())
                .singleElement()
                .satisfies(problems -> assertThat(problems.get(0).message()).contains("FAILED", "It broke."));
    }

    @Test
    void aMismatchNamesTheHighestVersionThatIsThere() {
        Plan plan = plan(shop("1.4.0"), shop("2.0.0"), plugin("young").needs("shop.carts", "^3.0.0"));

        assertThat(plan.waiting().values()).singleElement().satisfies(problems -> assertThat(
                        problems.get(0).message())
                .startsWith("Version mismatch for shop.carts: requires ^3.0.0, installed 2.0.0."));
    }

    @Test
    void refusesAPluginTwiceInOneVersion() {
        assertThatThrownBy(() -> plan(shop("1.4.0"), shop("1.4.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop 1.4.0 twice");
    }

    private static PluginBuilder shop(String version) {
        return plugin("shop").version(version).coexists().offers("shop.carts", version, "GET /carts");
    }

    private static Candidate blocked(Candidate candidate, Problem why) {
        return new Candidate(candidate.manifest(), candidate.digest(), Optional.of(why));
    }

    private static Plan plan(PluginBuilder... plugins) {
        return Planner.plan(Arrays.stream(plugins).map(PluginBuilder::candidate).toList(), HOST);
    }

    private static String groups(Plan plan) {
        return String.join(
                " ",
                plan.groups().stream()
                        .map(group -> group.members().stream()
                                .map(Candidate::identity)
                                .sorted()
                                .toList()
                                .toString())
                        .toList());
    }
}
