// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import org.junit.jupiter.api.Test;

class DesiredStateTest {
    private static final PluginId ID = new PluginId("inventory");
    private static final Sketch FIRST = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch SECOND = plugin("inventory", "1.1.0").offers("inventory.products", "1.1.0");

    private World world = new World();

    @Test
    void isRecordedBeforeAnythingIsSwitched() {
        world.shelf.away = true;
        world.drop("i.jar", FIRST).settle();

        assertThat(world.runs).containsKey("inventory 1.0.0");
        assertThat(world.state("inventory")).isEqualTo("1.0.0 STARTING");

        world.shelf.away = false;
        world.laterOn();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void bringsBackWhatRanThoughANewerOneFailed() {
        world.drop("i.jar", FIRST).settle();
        world.automatic = false;
        world.drop("i.jar", SECOND).settle();
        world.runs.get("inventory 1.1.0").fails("It broke.");
        world.runs.get("inventory 1.1.0").retired.complete(null);
        world.run();
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE", "1.1.0 PARKED");

        world = world.killedAndStartedAgain().settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar")).isEqualTo("FAILED: It broke.");
        assertThat(world.events).doesNotContain("start inventory 1.1.0");
    }

    @Test
    void bringsBackWhatRanThoughItsJarIsGarbageNow() {
        world.drop("i.jar", FIRST).settle();

        world = world.killedAndStartedAgain()
                .put("i.jar", Condition.REJECTED, "i.jar is not a zip file.")
                .settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar")).isEqualTo("FAILED: i.jar is not a zip file.");
    }

    @Test
    void removesWhatLostItsJarWhileTheContainerWasDown() {
        world.drop("i.jar", FIRST).settle();

        world = world.killedAndStartedAgain().delete("i.jar").settle();

        assertThat(world.state("inventory")).isEqualTo("none");
        assertThat(world.shelf.of("inventory")).isEmpty();
        assertThat(world.shelf.files).isEmpty();
    }

    @Test
    void updatesToAJarThatCameWhileTheContainerWasDownOnceTheOldOneIsBack() {
        world.drop("i.jar", FIRST).settle();

        world = world.killedAndStartedAgain().drop("i.jar", SECOND);
        world.settle();

        assertThat(world.events).startsWith("start inventory 1.0.0", "start inventory 1.1.0");
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
    }

    @Test
    void endsInOldOrNewWhenItIsKilledBetweenRecordAndSwitch() {
        world.drop("i.jar", FIRST).settle();
        world.automatic = false;
        world.drop("i.jar", SECOND).settle();
        world.runs.get("inventory 1.1.0").stands();
        Shelf shelf = world.shelf;
        world.runUntil(() -> shelf.of("inventory").contains("1.1.0 ACTIVE"));
        assertThat(world.route("inventory").manifest().version()).hasToString("1.0.0");

        world = world.killedAndStartedAgain().settle();

        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.events).doesNotContain("start inventory 1.0.0");
    }

    @Test
    void followsAJarThatIsRenamed() {
        world.drop("i.jar", FIRST).settle();
        world.events.clear();
        world.delete("i.jar").drop("j.jar", FIRST).settle();

        assertThat(world.events).isEmpty();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("j.jar")).startsWith("DEPLOYED");

        world.delete("j.jar").settle();
        assertThat(world.state("inventory")).isEqualTo("none");
    }

    @Test
    void goesBackAndStaysThereWithANewerJarInTheFolder() {
        world.drop("i.jar", FIRST).drop("i2.jar", SECOND).settle();

        Answer answer = world.deployer.orders().rollback(FIRST.artifact());
        world.run();

        assertThat(answer).isInstanceOf(Answer.Taken.class);
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i2.jar")).isEqualTo("SUPERSEDED: inventory 1.1.0 is superseded by 1.0.0.");
        assertThat(world.lastDeployment().trigger()).isEqualTo(Trigger.ROLLBACK);
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.DONE);

        world = world.killedAndStartedAgain().settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.events).doesNotContain("start inventory 1.1.0");

        world.delete("i2.jar").settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
    }

    @Test
    void remembersThatALowerVersionFailedBesideTheOneThatRuns() {
        world.drop("i.jar", FIRST).drop("i2.jar", SECOND).settle();
        world.automatic = false;
        world.deployer.orders().rollback(FIRST.artifact());
        world.run();
        world.runs.get("inventory 1.0.0").fails("It broke.");
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();
        assertThat(world.marker("i.jar")).isEqualTo("FAILED: It broke.");

        world = world.killedAndStartedAgain().settle();

        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.marker("i.jar")).isEqualTo("FAILED: It broke.");
    }

    @Test
    void forgetsEverythingOfAPluginThatAnOperatorRemoves() {
        world.drop("i.jar", FIRST).drop("i2.jar", SECOND).settle();

        world.deployer.orders().uninstall(ID, false, Trigger.API);
        world.delete("i.jar").delete("i2.jar").settle();

        assertThat(world.state("inventory")).isEqualTo("none");
        assertThat(world.shelf.of("inventory")).isEmpty();
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.DONE);
        assertThat(world.lastDeployment().groups().get(0).plugins().get(0).from())
                .hasValue("1.1.0");
    }

    @Test
    void runsWhatWasSentWithoutAFileAndBringsItBack() {
        world.settle();
        world.shelf.knows(FIRST.artifact());
        world.install(FIRST, false);
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");

        world = world.killedAndStartedAgain().settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
    }

    @Test
    void refusesAnOrderThatWouldBreakWhatRuns() {
        world.drop("i.jar", FIRST)
                .drop("r.jar", plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0"))
                .settle();

        Sketch breaking = plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0");
        Answer answer = world.install(breaking, false);

        assertThat(answer).isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.message())
                .startsWith("inventory 2.0.0 is refused because it would break reports 1.0.0"));
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void takesALowerVersionOnlyOnPurpose() {
        world.drop("i.jar", SECOND).settle();

        assertThat(world.install(FIRST, false))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.message())
                        .startsWith("inventory 1.0.0 is lower than 1.1.0, which runs."));
        world.shelf.knows(FIRST.artifact());
        world.install(FIRST, true);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
    }

    @Test
    void runsMajorsSideBySideAndReplacesEachInItsPlace() {
        Sketch major2 = plugin("inventory", "2.0.0")
                .offers("inventory.products", "2.0.0")
                .coexists();
        world.drop("i.jar", FIRST)
                .drop("r.jar", plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0"))
                .settle();
        world.drop("i2.jar", major2).settle();

        assertThat(world.marker("i.jar")).startsWith("DEPLOYED");
        assertThat(world.marker("i2.jar")).startsWith("DEPLOYED");
        assertThat(world.changes.get(world.changes.size() - 1).put())
                .extracting(entry -> entry.manifest().version().text())
                .containsExactly("2.0.0", "1.0.0");

        world.events.clear();
        world.drop("i.jar", SECOND).settle();
        assertThat(world.events)
                .containsExactly("start inventory 1.1.0", "drain inventory 1.0.0", "retire inventory 1.0.0");
        world.delete("i2.jar").settle();
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
    }

    @Test
    void showsThoseThatStandReadyToEachOther() {
        world.drop("i.jar", FIRST).settle();
        world.automatic = false;
        world.drop("i.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                .drop("r.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                .settle();
        world.shelf.away = true;
        world.runs.get("inventory 2.0.0").stands();
        world.run();

        assertThat(world.probed)
                .extracting(entry -> entry.manifest().identity().toString())
                .containsExactly("inventory 2.0.0");
        assertThat(world.route("inventory").manifest().version()).hasToString("1.0.0");

        world.shelf.away = false;
        world.laterOn();
        assertThat(world.probed).isEmpty();
        assertThat(world.route("inventory").manifest().version()).hasToString("2.0.0");
    }
}
