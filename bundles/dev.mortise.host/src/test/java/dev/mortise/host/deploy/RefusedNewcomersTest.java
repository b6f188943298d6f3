// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New versions that would harm what runs, and what is said of them. */
class RefusedNewcomersTest {
    private static final PluginId ID = new PluginId("inventory");

    private final World world = new World();

    @BeforeEach
    void inventoryRunsAndReportsNeedIt() {
        world.drop("i.jar", plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0"))
                .drop(
                        "r.jar",
                        plugin("reports", "1.0.0")
                                .offers("reports.generator", "1.0.0")
                                .needs("inventory.products", "^1.0.0"))
                .settle();
    }

    @Test
    void anUpdateThatClosesACycleIsToldWithThePath() {
        world.drop(
                        "i2.jar",
                        plugin("inventory", "1.1.0")
                                .offers("inventory.products", "1.1.0")
                                .needs("reports.generator", "^1.0.0"))
                .settle();

        assertThat(refusal("1.1.0"))
                .isInstanceOfSatisfying(Problem.DependencyCycle.class, cycle -> assertThat(cycle.path())
                        .contains(ID, new PluginId("reports")));
        assertThat(refusal("1.1.0").code()).isEqualTo(Problem.Code.CYCLE);
        assertThat(refusal("1.1.0").message())
                .startsWith("inventory 1.1.0 is refused because it would break reports 1.0.0, which runs:"
                        + " Circular dependency detected: ");
    }

    @Test
    void aMajorThatStillHasUsersMayRunBesideTheOneTheyUse() {
        world.drop("i2.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                .settle();

        assertThat(refusal("2.0.0").remedy())
                .isEqualTo(
                        "Deploy a version of 'reports' that agrees with it, or remove 'reports', or write"
                                + " \"coexist\": true below \"runtime\" in inventory 2.0.0, so that the version that runs goes on beside it.");
    }

    @Test
    void aMinorThatBreaksItsUsersHasNoPlaceBesideTheOneTheyUse() {
        world.drop("i2.jar", plugin("inventory", "1.1.0").offers("inventory.products", "2.0.0"))
                .settle();

        assertThat(refusal("1.1.0").remedy())
                .isEqualTo("Deploy a version of 'reports' that agrees with it, or remove 'reports'.");
    }

    private Problem refusal(String version) {
        return world.snapshot.plugins().get(ID).stream()
                .filter(view -> view.version().text().equals(version))
                .flatMap(view -> view.problems().stream())
                .findFirst()
                .orElseThrow();
    }
}
