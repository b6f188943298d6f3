// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Files whose names carry versions, so that an update removes one and brings another. */
class RenamedFilesTest {
    private static final Sketch INVENTORY = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch REPORTS = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");

    private final World world = new World();
    private final Sketch next = plugin("inventory", "1.1.0").offers("inventory.products", "1.1.0");

    @Test
    void aFileThatGivesWayToOneOfAnotherNameIsAnUpdate() {
        world.drop("inventory-1.0.0.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.changes.clear();

        world.delete("inventory-1.0.0.jar").drop("inventory-1.1.0.jar", next).settle();

        assertThat(world.changes).hasSize(1);
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.events).containsSubsequence("start inventory 1.1.0", "drain inventory 1.0.0");
        world.delete("inventory-1.1.0.jar").settle();
        assertThat(world.state("inventory")).isEqualTo("none");
    }

    @Test
    void oneThatFailsUnderANewNameLeavesTheOldOneRunning() {
        world.drop("inventory-1.0.0.jar", INVENTORY).settle();
        world.automatic = false;
        world.delete("inventory-1.0.0.jar").drop("inventory-1.1.0.jar", next).settle();

        world.runs.get("inventory 1.1.0").fails("It broke.");
        world.runs.get("inventory 1.1.0").retired.complete(null);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("inventory-1.1.0.jar")).isEqualTo("FAILED: It broke.");
    }

    @Test
    void oneThatIsRefusedUnderANewNameLeavesTheOldOneRunningUntilItIsRemoved() {
        world.drop("inventory-1.0.0.jar", INVENTORY).settle();

        world.delete("inventory-1.0.0.jar").dropBad("inventory-1.1.0.jar", next).settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");

        world.delete("inventory-1.1.0.jar").settle();
        assertThat(world.state("inventory")).isEqualTo("none");
    }

    @Test
    void aBadFileThatLayThereBeforeInheritsNothing() {
        world.drop("i.jar", INVENTORY).dropBad("i2.jar", next).settle();

        world.delete("i.jar").settle();

        assertThat(world.state("inventory")).isNotEqualTo("1.0.0 READY");
        assertThat(world.route("inventory"))
                .matches(entry -> entry == null || !entry.state().serves());
    }

    @Test
    void removingAFileThatNothingRunsFromChangesNothingAndIsNotToldAsAChange() {
        world.drop("i2.jar", next).settle();
        int told = world.deployments.size();

        world.drop("i.jar", INVENTORY).settle();
        assertThat(world.marker("i.jar")).isEqualTo("SUPERSEDED: inventory 1.0.0 is superseded by 1.1.0.");
        world.delete("i.jar").settle();

        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.deployments).hasSize(told);
    }
}
