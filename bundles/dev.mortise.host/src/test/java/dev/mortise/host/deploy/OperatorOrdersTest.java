// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorOrdersTest {
    private static final PluginId ID = new PluginId("inventory");
    private static final Sketch FIRST = plugin("inventory", "1.0.0");
    private static final Sketch SECOND = plugin("inventory", "1.1.0");

    private final World world = new World();

    @BeforeEach
    void looksAtAnEmptyFolder() {
        world.settle();
    }

    @Test
    void takeAJarThatComesBackBeforeAnybodySawItGone() {
        world.drop("i.jar", FIRST).settle();
        world.deployer.orders().uninstall(ID, false, Trigger.API);
        world.run();
        assertThat(world.state("inventory")).isEqualTo("none");

        world.drop("i.jar", FIRST).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
    }

    @Test
    void removeNothingThatIsNeededByWhatCameAMomentAgo() {
        Sketch reports = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");
        install(plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0"));
        world.run();
        install(reports);

        Answer early = world.deployer.orders().uninstall(ID, false, Trigger.API);
        world.settle();
        Answer late = world.deployer.orders().uninstall(ID, false, Trigger.API);

        assertThat(List.of(early, late)).allSatisfy(answer -> assertThat(answer)
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.blockers())
                        .containsExactly(new PluginId("reports"))));
        assertThat(((Answer.Refused) late).message())
                .isEqualTo("Plugin 'inventory' is needed by 'reports'. Remove them first, or force it: they wait until"
                        + " it is back.");
        assertThat(world.deployer.orders().uninstall(ID, true, Trigger.API)).isInstanceOf(Answer.Taken.class);
    }

    @Test
    void tellWhyWhatIsKeptOfAPluginMayNotBeTouched() {
        assertThat(world.deployer.orders().disturbed(ID)).isEmpty();
        assertThat(world.deployer.orders().needed(ID)).isEmpty();
        install(plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0"));
        assertThat(world.deployer.orders().needed(ID)).get().asString().startsWith("Plugin 'inventory' ");
        world.run();
        install(plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0"));
        world.settle();

        assertThat(world.deployer.orders().disturbed(ID))
                .contains("Plugin 'inventory' runs: 1.0.0 is READY. 'uninstall inventory' stops it, and keeps what"
                        + " belongs to it.");
        assertThat(world.deployer.orders().needed(ID))
                .isEqualTo(world.deployer.orders().disturbed(ID));

        world.deployer.orders().uninstall(ID, true, Trigger.API);
        world.settle();
        assertThat(world.deployer.orders().disturbed(ID)).isEmpty();
        assertThat(world.deployer.orders().needed(ID))
                .contains(
                        "Plugin 'inventory' is needed by 'reports', which may wait for what is kept of it. Remove them"
                                + " first.");
        world.deployer.orders().uninstall(new PluginId("reports"), true, Trigger.API);
        world.settle();
        assertThat(world.deployer.orders().needed(ID)).isEmpty();
    }

    @Test
    void replaceAPreReleaseAtWill() {
        Sketch snapshot = plugin("inventory", "1.0.0-SNAPSHOT");
        install(snapshot);
        world.run();

        for (String content : List.of("a", "b", "c", "d", "e")) {
            assertThat(install(snapshot.with(content))).isInstanceOf(Answer.Taken.class);
            world.run();
            assertThat(world.route("inventory").digest())
                    .isEqualTo(snapshot.with(content).artifact().digest());
        }
    }

    @Test
    void takeAPreReleaseThatIsSentOverARelease() {
        install(FIRST);
        world.run();

        assertThat(install(plugin("inventory", "1.1.0-rc.1"))).isInstanceOf(Answer.Taken.class);
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.1.0-rc.1 READY");
    }

    @Test
    void letOneWinThoughNobodyLookedBetweenThem() {
        assertThat(install(FIRST)).isInstanceOf(Answer.Taken.class);

        assertThat(install(SECOND)).isInstanceOf(Answer.Refused.class);
        assertThat(world.deployer.orders().uninstall(ID, false, Trigger.API)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void areAsIfNeverGivenWhenTheyCantBeRecorded() {
        install(FIRST);
        world.run();
        world.shelf.away = true;
        Answer.Taken taken = (Answer.Taken) install(SECOND);
        world.run();
        assertThat(taken.recorded()).isCompletedExceptionally();

        world.turns.post(taken.undo());
        world.run();
        world.shelf.away = false;
        world.laterOn();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.FAILED);
    }

    @Test
    void doNotAskForContractMigrationsOfWhatRanBefore() {
        install(FIRST);
        world.run();
        assertThat(world.reaches).containsEntry("inventory 1.0.0", Reach.ALL);

        world.deployer.orders().restart(ID, Trigger.SHELL);
        world.run();
        assertThat(world.reaches).containsEntry("inventory 1.0.0", Reach.EXPAND);

        World next = world.killedAndStartedAgain().settle();
        assertThat(next.reaches).containsEntry("inventory 1.0.0", Reach.EXPAND);
    }

    @Test
    void tellCallersOfARestartUntilItIsOver() {
        install(FIRST);
        world.run();
        world.automatic = false;
        WorldRun run = world.runs.get("inventory 1.0.0");

        world.deployer.orders().restart(ID, Trigger.SHELL);
        world.run();
        assertThat(world.route("inventory").state()).isEqualTo(PluginState.DRAINING);
        assertThat(world.route("inventory").reason()).isEqualTo("Plugin 'inventory' is being restarted.");

        run.retired.complete(null);
        world.run();
        assertThat(world.route("inventory").state()).isEqualTo(PluginState.STARTING);
        assertThat(world.route("inventory").reason()).isEqualTo("Plugin 'inventory' is being restarted.");
    }

    private Answer install(Sketch sketch) {
        return world.install(sketch, false);
    }
}
