// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences of DESIGN.md section 6, letter by letter. */
class SentencesTest {
    private static final PluginId REPORTS = new PluginId("reports");

    @Test
    void ofAMissingDependency() {
        assertThat(new Problem.MissingDependency(REPORTS, needs("^1.0.0"), 0).message())
                .isEqualTo(
                        "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': no plugin offers"
                                + " it. Deploy plugin 'inventory'.");
    }

    @Test
    void ofAVersionMismatch() {
        assertThat(new Problem.VersionMismatch(REPORTS, needs("^2.0.0"), 0, new Version("1.5.0")).message())
                .isEqualTo("Version mismatch for inventory.products: requires ^2.0.0, installed 1.5.0. Deploy"
                        + " inventory.products 2.x or relax the range in plugin 'reports'.");
    }

    @ParameterizedTest
    @CsvSource({
        "^2.0.0,2.x",
        "~2.1.0,2.1.x",
        "2,2.x",
        "^2.1,2.x",
        "2.1,2.1.x",
        "~2,2.x",
        "2.x,in 2.x",
        "2.1.3,2.1.3",
        "^0.3.1,0.3.x",
        "^0.0.3,0.0.3",
        "^2.0.0-rc.1,in ^2.0.0-rc.1",
        ">=2.0.0 <3.0.0,in >=2.0.0 <3.0.0",
        "1 || 2,in 1 || 2",
    })
    void ofWhatWouldFit(String range, String wanted) {
        assertThat(new Problem.VersionMismatch(REPORTS, needs(range), 0, new Version("9.0.0")).remedy())
                .isEqualTo("Deploy inventory.products " + wanted + " or relax the range in plugin 'reports'.");
    }

    @Test
    void ofACycle() {
        List<PluginId> path = List.of("plugin-a", "plugin-b", "plugin-c", "plugin-a").stream()
                .map(PluginId::new)
                .toList();

        assertThat(new Problem.DependencyCycle(path).message())
                .isEqualTo("Circular dependency detected: plugin-a -> plugin-b -> plugin-c -> plugin-a");
    }

    @Test
    void ofAProviderThatSaysNothing() {
        assertThat(new Problem.ProviderNotReady(REPORTS, needs("1"), 0, PluginState.DRAINING, "").message())
                .isEqualTo("Required dependency 'inventory.products' (1) of plugin 'reports' is not served: plugin"
                        + " 'inventory' is DRAINING. Mend plugin 'inventory' first; 'why inventory' says how.");
    }

    private static Dependency needs(String range) {
        return new Dependency(
                new PluginId("inventory"), new ServiceName("inventory.products"), new VersionRange(range), true, "");
    }
}
