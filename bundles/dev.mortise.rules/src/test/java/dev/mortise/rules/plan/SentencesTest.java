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
import org.junit.jupiter.params.provider.EnumSource;

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
        assertThat(new Problem.ProviderNotReady(REPORTS, needs("1"), 0, PluginState.FAILED, "").message())
                .isEqualTo("Required dependency 'inventory.products' (1) of plugin 'reports' is not served: plugin"
                        + " 'inventory' is FAILED. Mend plugin 'inventory' first; 'why inventory' says how.");
    }

    @ParameterizedTest
    @EnumSource(names = {"STAGED", "RESOLVED", "MIGRATING", "STARTING", "DRAINING", "STOPPED"})
    void ofAProviderThatComesByItself(PluginState state) {
        assertThat(new Problem.ProviderNotReady(REPORTS, needs("1"), 0, state, "").message())
                .isEqualTo("Required dependency 'inventory.products' (1) of plugin 'reports' is not served: plugin"
                        + " 'inventory' is " + state + ". Wait for plugin 'inventory': it comes by itself; 'why"
                        + " inventory' says how it stands.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|nor any other service",
                "inventory.stock 1.0.0|only inventory.stock 1.0.0",
                "a.a 1;b.b 2;c.c 3;d.d 4;e.e 5;f.f 6;g.g 7|only a.a 1, b.b 2, c.c 3, d.d 4, e.e 5 and 2 more"
            })
    void ofAProviderThatDoesNotOfferTheService(String offered, String instead) {
        List<String> services = offered == null ? List.of() : List.of(offered.split(";"));

        assertThat(new Problem.NotOffered(REPORTS, needs("^1.0.0"), 0, new Version("1.2.0"), services).message())
                .isEqualTo("Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': plugin"
                        + " 'inventory' 1.2.0 does not offer it, " + instead
                        + ". Deploy a version of plugin 'inventory' that offers it.");
    }

    private static Dependency needs(String range) {
        return new Dependency(
                new PluginId("inventory"), new ServiceName("inventory.products"), new VersionRange(range), true, "");
    }
}
