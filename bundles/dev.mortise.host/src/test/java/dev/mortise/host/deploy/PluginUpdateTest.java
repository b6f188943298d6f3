// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.kernel.model.PluginId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PluginUpdateTest {
    private static final Sketch INVENTORY = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch REPORTS = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");

    private final World world = new World();
    private final Sketch next = plugin("inventory", "1.1.0").offers("inventory.products", "1.1.0");

    @Test
    void startsTheNewVersionBesideTheOldAndSwitchesOnce() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.automatic = false;
        world.changes.clear();
        world.events.clear();

        world.drop("i.jar", next).settle();
        assertThat(world.route("inventory").manifest().version()).hasToString("1.0.0");
        assertThat(world.events).containsExactly("start inventory 1.1.0");

        world.runs.get("inventory 1.1.0").stands();
        world.run();

        assertThat(world.changes).hasSize(1);
        assertThat(world.route("inventory").manifest().version()).hasToString("1.1.0");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.events)
                .containsExactly("start inventory 1.1.0", "drain inventory 1.0.0", "retire inventory 1.0.0");
    }

    @Test
    void waitsForTheCallsOfTheOldVersion() {
        CompletableFuture<Void> calls = new CompletableFuture<>();
        world.calls.put(INVENTORY.artifact().identity(), calls);
        world.drop("i.jar", INVENTORY).settle();
        world.drop("i.jar", next).settle();
        assertThat(world.events).doesNotContain("retire inventory 1.0.0");

        calls.complete(null);
        world.run();

        assertThat(world.events).contains("retire inventory 1.0.0");
        assertThat(world.snapshot.plugins().get(new PluginId("inventory"))).hasSize(1);
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneFails() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.automatic = false;
        world.drop("i2.jar", next).settle();

        world.runs.get("inventory 1.1.0").fails("It broke.");
        world.runs.get("inventory 1.1.0").retired.complete(null);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i2.jar")).isEqualTo("FAILED: It broke.");
        assertThat(world.marker("i.jar")).startsWith("DEPLOYED: inventory 1.0.0");
    }

    @Test
    void keepsTheOldVersionWhenItsFileWasReplacedByABadOne() {
        world.drop("i.jar", INVENTORY).settle();

        world.dropBad("i.jar", next).settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar")).isEqualTo("FAILED: i.jar is bad.");

        world.put("i.jar", Condition.INCOMING, "i.jar is still arriving").settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar")).isEqualTo("none");

        world.put("i.jar", Condition.REJECTED, "i.jar is not a zip file.").settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar")).isEqualTo("FAILED: i.jar is not a zip file.");

        world.delete("i.jar").settle();
        assertThat(world.state("inventory")).isEqualTo("none");
    }

    @Test
    void supersedesTheLowerOneAndReturnsToItWhenTheHigherIsRemoved() {
        world.drop("i.jar", INVENTORY).drop("i2.jar", next).settle();
        assertThat(world.marker("i.jar")).isEqualTo("SUPERSEDED: inventory 1.0.0 is superseded by 1.1.0.");

        world.delete("i2.jar").settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar")).startsWith("DEPLOYED: inventory 1.0.0");
    }

    @Test
    void prefersAReleaseToAPreRelease() {
        world.drop("i.jar", INVENTORY)
                .drop("i2.jar", plugin("inventory", "2.0.0-rc.1"))
                .settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i2.jar")).startsWith("SUPERSEDED");
    }

    @Test
    void refusesOneThatWouldBreakWhatRunsUntilThatIsUpdatedToo() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();

        world.drop("i2.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                .settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i2.jar"))
                .isEqualTo("FAILED: inventory 2.0.0 is refused because it would break reports 1.0.0, which runs:"
                        + " Version mismatch for inventory.products: requires ^1.0.0, installed 2.0.0. Deploy"
                        + " inventory.products 1.x or relax the range in plugin 'reports'.");

        world.changes.clear();
        world.drop("r2.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                .settle();
        assertThat(world.state("inventory")).isEqualTo("2.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("2.0.0 READY");
    }

    @Test
    void switchesPluginsTogetherThatNeedEachOthersNewVersions() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.automatic = false;
        world.drop("i.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                .drop("r.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                .settle();

        world.runs.get("inventory 2.0.0").stands();
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");

        world.changes.clear();
        world.runs.get("reports 2.0.0").stands();
        world.run();
        assertThat(world.changes).hasSize(1);
        assertThat(world.state("inventory")).isEqualTo("2.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("2.0.0 READY");
    }

    @Test
    void leavesBothAsTheyAreWhenOneOfThemFails() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.automatic = false;
        world.drop("i.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                .drop("r.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                .settle();
        world.runs.get("inventory 2.0.0").stands();
        world.run();
        world.automatic = true;

        world.runs.get("reports 2.0.0").fails("It broke.");
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.events).contains("retire inventory 2.0.0");
        assertThat(world.marker("i.jar")).startsWith("FAILED: inventory 2.0.0 is refused because it would break");
    }

    @Test
    void refusesOtherContentOfARunningRelease() {
        world.drop("i.jar", INVENTORY).settle();
        world.drop("i.jar", INVENTORY.with("other")).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar"))
                .isEqualTo("FAILED: inventory 1.0.0 is already here with other content (sha256 "
                        + INVENTORY.artifact().digest().shortHex() + "…). Raise the version.");
    }

    @Test
    void refusesTheSecondOfTwoFilesWithOneReleaseAndDifferentContent() {
        world.drop("b.jar", INVENTORY).drop("a.jar", INVENTORY.with("other")).settle();

        assertThat(world.marker("b.jar")).startsWith("DEPLOYED");
        assertThat(world.marker("a.jar")).startsWith("FAILED: inventory 1.0.0 is already here with other content");
        assertThat(world.markers.get(java.nio.file.Path.of("a.jar")).lines().get(1))
                .contains(
                        "in b.jar",
                        "a.jar has sha256 " + INVENTORY.with("other").artifact().digest());
    }

    @Test
    void replacesThePreReleaseOfTheSameVersion() {
        Sketch snapshot = plugin("inventory", "1.0.0-SNAPSHOT");
        world.drop("i.jar", snapshot).settle();
        world.events.clear();
        world.drop("i.jar", snapshot.with("other")).settle();

        assertThat(world.events)
                .containsExactly(
                        "start inventory 1.0.0-SNAPSHOT",
                        "drain inventory 1.0.0-SNAPSHOT",
                        "retire inventory 1.0.0-SNAPSHOT");
        assertThat(world.route("inventory").digest())
                .isEqualTo(snapshot.with("other").artifact().digest());
    }

    @Test
    void doesNotLetANewPluginTakeTheNameOfAServiceThatIsOffered() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.drop("a.jar", plugin("aaa", "1.0.0").offers("inventory.products", "1.0.0"))
                .settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("a.jar")).startsWith("FAILED: aaa 1.0.0 is refused because it would break");
    }

    @Test
    void dropsAStartThatIsNoLongerWanted() {
        world.automatic = false;
        world.drop("i.jar", INVENTORY).settle();
        world.delete("i.jar").settle();
        world.runs.get("inventory 1.0.0").stands();
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("none");
        assertThat(world.routed).isEmpty();
    }

    @Test
    void refusesALowerVersionInPlaceOfTheOneThatRuns() {
        world.drop("i.jar", plugin("inventory", "1.1.0")).settle();
        world.drop("i.jar", plugin("inventory", "1.0.0")).settle();

        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.marker("i.jar"))
                .isEqualTo("FAILED: inventory 1.0.0 is lower than 1.1.0, which runs."
                        + " Raise the version, or remove the jar first.");

        world.delete("i.jar").settle();
        world.drop("i.jar", plugin("inventory", "1.0.0")).settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
    }

    @Test
    void neverSwitchesInWhatIsBeingRetired() {
        Sketch inventory2 = plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0");
        Sketch reports2 = plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0");
        world.drop("i.jar", plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0"))
                .drop("r.jar", plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0"))
                .settle();
        world.automatic = false;
        world.drop("i2.jar", inventory2).drop("r2.jar", reports2).settle();
        world.runs.get("inventory 2.0.0").stands();
        world.run();
        world.delete("i2.jar").delete("r2.jar").settle();
        assertThat(world.runs.get("inventory 2.0.0").retiring).isTrue();

        world.drop("i2.jar", inventory2).drop("r2.jar", reports2).settle();
        world.runs.get("reports 2.0.0").stands();
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
    }

    @Test
    void knowsAWaitingPluginWhileItsFileIsRewritten() {
        world.drop("r.jar", plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0"))
                .settle();
        world.put("r.jar", Condition.INCOMING, "It is arriving.").settle();

        assertThat(world.state("reports")).isEqualTo("1.0.0 WAITING");
        assertThat(world.route("reports")).isNotNull();

        world.drop("i.jar", plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0"))
                .settle();
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
    }
}
