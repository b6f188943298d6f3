// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.Plan;
import dev.mortise.kernel.model.Version;
import dev.mortise.testkit.PluginBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** 1 000 plugins with 5 000 dependencies are promised in 200 ms; ten times that is the bound on a busy machine. */
class PlannerSpeedTest {
    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final int PLUGINS = 1000;
    private static final int DEPENDENCIES = 5;

    @Test
    void plansAThousandPluginsWithoutACycleInTime() {
        Plan plan = timed(set((from, random) -> from == 0 ? -1 : random.nextInt(from)));

        assertThat(plan.groups()).isNotEmpty();
        assertThat(plan.refused()).isEmpty();
    }

    @Test
    void plansAThousandPluginsInOneKnotInTime() {
        Plan plan = timed(set((from, random) -> random.nextInt(PLUGINS)));

        assertThat(plan.refused()).hasSizeGreaterThan(900);
    }

    @Test
    void plansAThousandWaitingPluginsInTime() {
        Plan plan = timed(set((from, random) -> from == 0 ? PLUGINS : random.nextInt(from)));

        assertThat(plan.waiting()).hasSize(PLUGINS);
    }

    private interface Choice {
        int provider(int from, Random random);
    }

    private static List<Candidate> set(Choice choice) {
        Random random = new Random(7);
        List<Candidate> candidates = new ArrayList<>();
        for (int from = 0; from < PLUGINS; from++) {
            PluginBuilder plugin = PluginBuilder.plugin("plugin-" + from).offers("plugin-" + from + ".x", "1.2.3");
            for (int i = 0; i < DEPENDENCIES; i++) {
                int provider = choice.provider(from, random);
                if (provider >= 0) {
                    plugin.needs("plugin-" + provider + ".x", "^1." + i + ".0 || >=2." + i);
                }
            }
            candidates.add(plugin.candidate());
        }
        return candidates;
    }

    private static Plan timed(List<Candidate> candidates) {
        long start = System.nanoTime();
        Plan plan = Planner.plan(candidates, new Version("1.0.0"));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(taken).isLessThan(BOUND);
        return plan;
    }
}
