// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.testkit.PluginBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CirclesTest {
    private static PluginBuilder node(String id) {
        return plugin(id).offers(id + ".x", "1.0.0", "GET /x");
    }

    private static List<PluginManifest> standing(PluginBuilder... plugins) {
        return Arrays.stream(plugins).map(PluginBuilder::manifest).toList();
    }

    private static Optional<String> sentence(PluginBuilder coming, PluginBuilder... standing) {
        return Circles.closedBy(coming.manifest(), standing(standing)).map(Problem::message);
    }

    @Test
    void areSaidFromTheSmallestId() {
        PluginBuilder a = node("plugin-a").needs("plugin-b.x", "^1.0.0");
        PluginBuilder b = node("plugin-b").needs("plugin-c.x", "^1.0.0");

        assertThat(sentence(node("plugin-c").needs("plugin-a.x", "^7.0.0"), a, b))
                .contains("Circular dependency detected: plugin-a -> plugin-b -> plugin-c -> plugin-a");
        assertThat(Circles.closedBy(
                        node("plugin-c").needs("plugin-a.x", "^1.0.0").manifest(), standing(a, b)))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(Problem.Code.CYCLE));
        assertThat(sentence(node("plugin-c").needs("plugin-c.x", "^1.0.0")))
                .contains("Circular dependency detected: plugin-c -> plugin-c");
    }

    @Test
    void areNoneWhereSomethingMayStillCome() {
        PluginBuilder a = node("plugin-a").needs("plugin-b.x", "^1.0.0");

        assertThat(sentence(a)).isEmpty();
        assertThat(sentence(node("plugin-b").needs("plugin-c.x", "^1.0.0"), a)).isEmpty();
        assertThat(sentence(node("plugin-b").wants("plugin-a.x", "^1.0.0"), a)).isEmpty();
    }

    @Test
    void areNoneWhereSomebodyElseServesTheSame() {
        PluginBuilder a = node("plugin-a").needs("plugin-b.x", "^1.0.0");
        PluginBuilder other = node("plugin-a").version("2.0.0");

        assertThat(sentence(node("plugin-b").needs("plugin-a.x", ">=1.0.0"), a, other))
                .isEmpty();
    }

    @Test
    void areNoneOfThoseWhoOnlyNeedAMember() {
        PluginBuilder a = node("plugin-a").needs("plugin-b.x", "^1.0.0");
        PluginBuilder b = node("plugin-b").needs("plugin-a.x", "^1.0.0");

        assertThat(sentence(node("outside").needs("plugin-b.x", "^1.0.0"), a, b))
                .isEmpty();
    }
}
