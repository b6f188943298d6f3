// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Trigger;
import org.junit.jupiter.api.Test;

class LostArtifactsTest {
    private static final PluginId ID = new PluginId("inventory");
    private static final Sketch FIRST = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch SECOND = plugin("inventory", "1.1.0").offers("inventory.products", "1.1.0");
    private static final Sketch OTHER = plugin("other", "1.0.0");

    private World world = new World();

    @Test
    void areShownAndStayWantedWhateverElseIsRecorded() {
        sendAndLose(FIRST);
        world.drop("o.jar", OTHER)
                .drop("r.jar", plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0"))
                .settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 REJECTED");
        assertThat(world.reason("inventory")).isEqualTo("1.0.0 is lost.");
        assertThat(world.route("inventory").state()).isEqualTo(PluginState.REJECTED);
        assertThat(world.route("inventory").reason()).isEqualTo("1.0.0 is lost.");
        assertThat(world.state("other")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 WAITING");
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");

        world = world.killedAndStartedAgain().settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 REJECTED");
    }

    @Test
    void areForgottenWhenThePluginIsDeployedAgain() {
        sendAndLose(FIRST);
        world.automatic = false;
        world.drop("i.jar", SECOND).settle();
        assertThat(world.state("inventory")).isEqualTo("1.1.0 MIGRATING");
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE", "1.1.0 PENDING");

        world.runs.get("inventory 1.1.0").stands();
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.snapshot.plugins().get(ID)).hasSize(1);
        assertThat(world.shelf.of("inventory")).containsExactly("1.1.0 ACTIVE");
    }

    @Test
    void comeBackWhenTheSameJarIsSent() {
        sendAndLose(FIRST);
        world.shelf.knows(FIRST.artifact());

        assertThat(world.install(FIRST, false)).isInstanceOf(Answer.Taken.class);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void comeBackWhenAnotherBuildOfTheSameReleaseIsSent() {
        sendAndLose(FIRST);

        assertThat(world.install(FIRST.with("signed"), false)).isInstanceOf(Answer.Taken.class);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.shelf.wants)
                .containsOnlyKeys(FIRST.with("signed").artifact().digest());
    }

    @Test
    void comeBackFromTheirFileThatIsStillThere() {
        world.drop("i.jar", FIRST).settle();
        world.shelf.loses(FIRST);

        world = world.killedAndStartedAgain().settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.lastDeployment().trigger()).isEqualTo(Trigger.BOOT);
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void areWantedNoMoreWhenTheirFileIsGone() {
        world.drop("i.jar", FIRST).settle();
        world.shelf.loses(FIRST);

        world = world.killedAndStartedAgain().delete("i.jar").settle();

        assertThat(world.state("inventory")).isEqualTo("none");
        assertThat(world.shelf.of("inventory")).isEmpty();
    }

    @Test
    void areRemovedByOrderAndComeBackWhenThatCantBeRecorded() {
        sendAndLose(FIRST);
        world.shelf.away = true;
        Answer.Taken taken = (Answer.Taken) world.deployer.orders().uninstall(ID, false, Trigger.API);
        world.run();
        assertThat(world.state("inventory")).isEqualTo("none");
        world.turns.post(taken.undo());
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 REJECTED");

        world.shelf.away = false;
        world.laterOn();
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
        world.deployer.orders().uninstall(ID, false, Trigger.API);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("none");
        assertThat(world.route("inventory")).isNull();
        assertThat(world.shelf.of("inventory")).isEmpty();
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.DONE);
    }

    @Test
    void areShownOnceWhenTheirFileIsNotTakenEither() {
        world.drop("i.jar", FIRST).settle();
        world.shelf.loses(FIRST);

        world = world.killedAndStartedAgain().dropBad("i.jar", FIRST).settle();

        assertThat(world.snapshot.plugins().get(ID)).singleElement().satisfies(view -> assertThat(view.paths())
                .hasSize(1));
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void standBesideWhatRuns() {
        world.drop("i.jar", FIRST).settle();
        world.automatic = false;
        world.drop("i2.jar", SECOND).settle();
        world.shelf.loses(SECOND);

        world = world.killedAndStartedAgain().dropBad("i2.jar", SECOND).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.route("inventory").manifest().version()).hasToString("1.0.0");
        assertThat(world.snapshot.plugins().get(ID)).hasSize(2);
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE", "1.1.0 PENDING");
    }

    /** Starts a container that can't bring back what was sent to the one before. */
    private void sendAndLose(Sketch sketch) {
        world.settle();
        world.install(sketch, false);
        world.run();
        world.shelf.loses(sketch);
        world = world.killedAndStartedAgain().settle();
    }
}
