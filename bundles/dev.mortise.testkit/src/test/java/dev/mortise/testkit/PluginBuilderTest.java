// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import static dev.mortise.testkit.EndpointBuilder.endpoint;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginBuilderTest {
    @Test
    void buildsAPlainPluginWhenNothingIsSaid() {
        PluginManifest manifest = plugin("reports").manifest();

        assertThat(manifest.identity()).hasToString("reports 1.0.0");
        assertThat(manifest.host()).hasToString("*");
        assertThat(manifest.locations()).containsExactly("bundle");
        assertThat(plugin("reports").json())
                .isEqualTo("{\"id\":\"reports\",\"name\":\"reports\",\"version\":\"1.0.0\",\"description\":\"\","
                        + "\"host\":\"*\",\"api\":{\"dependencies\":[],\"services\":[]}}");
    }

    @Test
    void takesTheFirstWordOfAServiceForItsPlugin() {
        List<Dependency> dependencies = plugin("reports")
                .needs("inventory.products", "^2.0.0")
                .wants("crm", "people.contacts", "1.x")
                .manifest()
                .dependencies();

        assertThat(dependencies.get(0).plugin()).hasToString("inventory");
        assertThat(dependencies.get(0).required()).isTrue();
        assertThat(dependencies.get(1).plugin()).hasToString("crm");
        assertThat(dependencies.get(1).required()).isFalse();
    }

    @Test
    void offersServicesBriefly() {
        PluginManifest manifest = plugin("inventory")
                .offers("inventory.products")
                .offers("inventory.stock", "2.1.0", endpoint("POST /stock/{id}").needing("plugin.inventory.write"))
                .manifest();

        assertThat(manifest.services().get(0).endpoints()).hasToString("[GET /products]");
        assertThat(manifest.services().get(1).version()).hasToString("2.1.0");
        assertThat(manifest.services().get(1).endpoints().get(0).permissions())
                .containsExactly("plugin.inventory.write");
    }

    @Test
    void writesWrongTextsButBuildsNothingOfThem() {
        PluginBuilder wrong = plugin("No Id").version("v1").with("x", Map.of("a", List.of(1, true, "\"\n")));

        assertThat(wrong.json()).contains("\"id\":\"No Id\"", "\"x\":{\"a\":[1,true,\"\\\"\\n\"]}");
        assertThatThrownBy(wrong::manifest).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesCandidatesWithADigestOfTheirOwn() {
        Problem failed = new Problem.StartProblem("It broke.", "Mend it.");

        assertThat(plugin("aa").candidate()).isEqualTo(plugin("aa").candidate());
        assertThat(plugin("aa").candidate().digest())
                .isNotEqualTo(plugin("aa").version("1.0.1").candidate().digest());
        assertThat(plugin("aa").blockedBy(failed).blocked()).contains(failed);
    }
}
