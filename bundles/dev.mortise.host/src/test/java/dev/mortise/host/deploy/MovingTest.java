// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version that is moved to another place. */
class MovingTest {
    private static final Sketch INVENTORY = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final PluginId ID = new PluginId("inventory");

    private final World world = new World();

    @BeforeEach
    void standsAsABundle() {
        world.drop("i.jar", INVENTORY).settle();
        world.changes.clear();
        world.events.clear();
    }

    private Answer move(String location) {
        return world.deployer.orders().move(ID, location, Trigger.API);
    }

    private WorldRun run() {
        return world.runs.get("inventory 1.0.0");
    }

    private String location() {
        return world.snapshot.speaker(ID).orElseThrow().location();
    }

    @Test
    void startsInTheOtherPlaceSwitchesOnceAndLeaves() {
        CompletableFuture<Void> calls = new CompletableFuture<>();
        world.calls.put(INVENTORY.artifact().identity(), calls);

        assertThat(move("worker")).isInstanceOf(Answer.Taken.class);
        world.run();
        assertThat(world.events).containsExactly("start inventory 1.0.0 as worker");
        assertThat(world.changes).isEmpty();
        assertThat(location()).isEqualTo("bundle");

        run().standsThere();
        world.run();
        assertThat(world.changes).hasSize(1);
        assertThat(world.route("inventory").location()).isEqualTo("worker");
        assertThat(location()).isEqualTo("worker");
        assertThat(world.events).endsWith("drain inventory 1.0.0");
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.RUNNING);

        calls.complete(null);
        world.run();
        assertThat(world.events).endsWith("drain inventory 1.0.0", "leave inventory 1.0.0");
        assertThat(world.changes).hasSize(1);
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.DONE);
        assertThat(world.lastDeployment().steps())
                .extracting(Deployment.Step::phase)
                .contains(Deployment.Phase.SWITCH, Deployment.Phase.DRAIN, Deployment.Phase.RETIRE);
    }

    @Test
    void staysWhereItIsWhenItDoesNotStandThere() {
        move("worker");
        world.run();

        run().stays("It broke there.");
        world.run();

        assertThat(world.changes).isEmpty();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.events).doesNotContain("retire inventory 1.0.0");
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.FAILED);
        assertThat(world.lastDeployment().reason().orElseThrow()).endsWith("It broke there.");

        assertThat(move("worker")).isInstanceOf(Answer.Taken.class);
    }

    @Test
    void isOneChangeAtATime() {
        move("worker");

        assertThat(((Answer.Refused) move("worker")).message()).startsWith("Plugin 'inventory' is being changed");
        assertThat(world.deployer.orders().restart(ID, Trigger.API)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void goesOnlyWhereItMay() {
        assertThat(((Answer.Refused) move("bundle")).message())
                .isEqualTo("Plugin 'inventory' runs as 'bundle' already.");
        assertThat(((Answer.Refused) move("remote")).message())
                .isEqualTo(
                        "Plugin 'inventory' can't be moved to 'remote': its plugin.json lists the locations [bundle, worker]. Deploy a version"
                                + " that lists it.");
        assertThat(((Answer.Refused) world.deployer.orders().move(new PluginId("none"), "worker", Trigger.API))
                        .message())
                .isEqualTo("Plugin 'none' does not run, so it can't be moved. 'why none' says how it stands.");
    }

    @Test
    void endsWithItsPluginWhileItIsMoved() {
        move("worker");
        world.run();

        world.delete("i.jar").settle();
        run().standsThere();
        world.run();

        assertThat(world.events).contains("retire inventory 1.0.0").doesNotContain("leave inventory 1.0.0");
        assertThat(world.routed).isEmpty();
    }

    @Test
    void isNotSwitchedInOnceItsPluginEnds() {
        world.calls.put(INVENTORY.artifact().identity(), new CompletableFuture<>());
        move("worker");
        world.run();
        // calls are in it still
        world.delete("i.jar").settle();
        world.changes.clear();

        run().standsThere();
        world.run();

        assertThat(run().location()).isEqualTo("bundle");
        assertThat(world.changes).isEmpty();
        assertThat(world.events).doesNotContain("leave inventory 1.0.0");
    }
}
