// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders that meet a plugin whose version 1.1.0 is being started, or other orders. */
class ConflictsTest {
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final PluginId ID = new PluginId("inventory");
    private static final Sketch SECOND = plugin("inventory", "1.1.0");
    private static final Sketch THIRD = plugin("inventory", "1.2.0");

    private final World world = new World();

    @BeforeEach
    void startsTheSecondBesideTheFirst() {
        world.drop("i.jar", plugin("inventory", "1.0.0")).settle();
        world.automatic = false;
        world.install(SECOND, false);
        world.run();
        assertThat(world.snapshot.plugins().get(ID))
                .extracting(view -> view.version() + " " + view.state())
                .containsExactly("1.0.0 READY", "1.1.0 MIGRATING");
        world.advance(LONG);
    }

    @Test
    void oneThatBeganAMomentAgoGivesWayToNobody() {
        assertThat(world.install(THIRD, false)).isInstanceOf(Answer.Taken.class);
        world.run();

        assertThat(world.install(plugin("inventory", "1.3.0"), false)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aHigherVersionTakesThePlaceOfOneThatHangs() {
        assertThat(world.install(THIRD, false)).isInstanceOf(Answer.Taken.class);
        world.run();
        world.runs.get("inventory 1.2.0").stands();
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();

        assertThat(world.runs.get("inventory 1.1.0").retired).isNotDone();
        assertThat(world.state("inventory")).isEqualTo("1.2.0 READY");
        assertThat(world.deployments.values())
                .extracting(Deployment::state)
                .containsExactly(Deployment.State.DONE, Deployment.State.FAILED, Deployment.State.DONE);
        assertThat(world.shelf.of("inventory")).contains("1.2.0 ACTIVE").doesNotContain("1.1.0 PENDING");
    }

    @Test
    void otherContentOfAVersionThatNeverRanTakesItsPlace() {
        for (String content : List.of("a", "b", "c", "d", "e", "f")) {
            Sketch mended = SECOND.with(content);
            assertThat(world.install(mended, false)).isInstanceOf(Answer.Taken.class);
            world.run();
            world.advance(LONG);

            assertThat(world.runs.get("inventory 1.1.0").artifact).isEqualTo(mended.artifact());
            assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE", "1.1.0 PENDING");
        }
    }

    @Test
    void otherContentOfAJarThatHangsIsTakenByOrderToo() {
        world.drop("j.jar", THIRD).settle();
        world.advance(LONG);
        WorldRun hanging = world.runs.get("inventory 1.2.0");
        Sketch mended = THIRD.with("mended");

        assertThat(world.install(mended, false)).isInstanceOf(Answer.Taken.class);
        world.run();
        world.runs.get("inventory 1.2.0").stands();
        world.run();

        assertThat(world.route("inventory").digest())
                .isEqualTo(mended.artifact().digest());
        hanging.retired.complete(null);
        world.run();
        assertThat(world.marker("j.jar")).startsWith("SUPERSEDED: inventory 1.2.0 (sha256 ");
    }

    @Test
    void whatMendsNothingIsToldWhatIsGoingOn() {
        for (Sketch sketch : List.of(plugin("inventory", "1.0.5"), SECOND)) {
            assertThat(world.install(sketch, false)).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                assertThat(refused.message())
                        .isEqualTo("Plugin 'inventory' is being changed by deployment "
                                + world.lastDeployment().id() + ". Wait until that has ended, and ask again.");
                assertThat(refused.generation()).isEqualTo(3);
            });
        }
        assertThat(world.install(plugin("inventory", "1.0.5"), true)).isInstanceOf(Answer.Taken.class);
    }

    @Test
    void whatIsAboutToBeSwitchedInGivesWayToNobody() {
        world.shelf.away = true;
        world.runs.get("inventory 1.1.0").stands();
        world.run();

        assertThat(world.install(THIRD, false)).isInstanceOf(Answer.Refused.class);
        assertThat(world.deployer.orders().restart(ID, Trigger.API)).isInstanceOf(Answer.Refused.class);
        assertThat(world.deployer.orders().uninstall(ID, false, Trigger.API)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void whoBeganBeforeAnotherOrderWonIsTooLate() {
        long begun = world.deployer.orders().generation();
        world.install(THIRD, false);
        world.run();
        world.advance(LONG);

        Sketch late = plugin("inventory", "1.3.0");
        assertThat(world.deployer.orders().install(late.artifact(), false, Trigger.API, begun))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                    assertThat(refused.message())
                            .isEqualTo("Plugin 'inventory' was changed at generation 4, after this order was begun."
                                    + " Look how it stands, and ask again.");
                    assertThat(refused.generation()).isEqualTo(4);
                });
        assertThat(world.install(late, false)).isInstanceOf(Answer.Taken.class);
    }

    @Test
    void aRestartBeginsAHangingStartAnewAndDoesNotWaitForIt() {
        WorldRun hanging = world.runs.get("inventory 1.1.0");

        assertThat(world.deployer.orders().restart(ID, Trigger.SHELL)).isInstanceOf(Answer.Taken.class);
        world.run();
        WorldRun next = world.runs.get("inventory 1.1.0");
        assertThat(next).isNotSameAs(hanging);
        next.stands();
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();

        assertThat(hanging.retiring).isTrue();
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        hanging.fails("Its start took longer than 30 s.");
        hanging.retired.complete(null);
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.DONE);
    }

    @Test
    void aRemovalDoesNotWaitForAHangingStart() {
        assertThat(world.deployer.orders().uninstall(ID, false, Trigger.API)).isInstanceOf(Answer.Taken.class);
        world.delete("i.jar").settle();
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();

        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.DONE);
        assertThat(world.shelf.of("inventory")).isEmpty();
    }
}
