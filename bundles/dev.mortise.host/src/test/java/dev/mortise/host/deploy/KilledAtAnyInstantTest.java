// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Member;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whatever the instant, what comes back is what was recorded, and the journal says which that is. */
class KilledAtAnyInstantTest {
    private static final PluginId ID = new PluginId("inventory");
    private static final Sketch FIRST = plugin("inventory", "1.0.0");
    private static final Sketch SECOND = plugin("inventory", "1.1.0");
    private static final Sketch THIRD = plugin("inventory", "1.2.0");

    @Test
    void anUpdateEndsInOldOrNewAsTheJournalSays() {
        int instants = 0;
        for (boolean ended = false; !ended; instants++) {
            World world = new World();
            world.drop("i.jar", FIRST).settle();
            ended = world.drop("i.jar", SECOND).settle(instants);
            boolean recorded = world.shelf.of("inventory").contains("1.1.0 ACTIVE");

            World next = world.killedAndStartedAgain().settle();

            assertThat(next.events.get(0)).isEqualTo("start inventory " + (recorded ? "1.1.0" : "1.0.0"));
            List<State> told = told(world, Optional.of("1.0.0"), Optional.of("1.1.0"));
            assertThat(told).as("after %d", instants).isSubsetOf(recorded ? State.DONE : State.FAILED);
            assertThat(recorded && told.isEmpty()).as("after %d", instants).isFalse();
            assertThat(next.state("inventory")).isEqualTo("1.1.0 READY");
        }
        assertThat(instants).isGreaterThan(4);
    }

    @Test
    void aRemovalHappenedOrDidNotAsTheJournalSays() {
        int instants = 0;
        for (boolean ended = false; !ended; instants++) {
            World world = new World();
            world.shelf.knows(FIRST.artifact());
            world.settle();
            world.install(FIRST, false);
            world.run();
            world.deployer.orders().uninstall(ID, false, Trigger.API);
            ended = world.settle(instants);
            boolean recorded = world.shelf.of("inventory").isEmpty();

            World next = world.killedAndStartedAgain().settle();

            assertThat(next.state("inventory")).isEqualTo(recorded ? "none" : "1.0.0 READY");
            assertThat(told(world, Optional.of("1.0.0"), Optional.empty()))
                    .as("after %d", instants)
                    .isSubsetOf(recorded ? State.DONE : State.FAILED);
        }
        assertThat(instants).isGreaterThan(3);
    }

    /** The calls of the first version go on for so long that two updates come meanwhile. */
    @Test
    void anUpdateThatWasOvertakenIsToldAsDone() {
        World world = new World();
        world.drop("i.jar", FIRST).settle();
        world.calls.put(FIRST.artifact().identity(), new CompletableFuture<>());
        world.drop("i.jar", SECOND).settle();
        assertThat(told(world, Optional.of("1.0.0"), Optional.of("1.1.0"))).containsExactly(State.RUNNING);
        world.drop("i.jar", THIRD).settle();
        assertThat(world.state("inventory")).isEqualTo("1.2.0 READY");

        world.killedAndStartedAgain().settle();

        assertThat(told(world, Optional.of("1.0.0"), Optional.of("1.1.0"))).containsExactly(State.DONE);
        assertThat(told(world, Optional.of("1.1.0"), Optional.of("1.2.0"))).containsExactly(State.DONE);
    }

    @Test
    void aSwitchThatWasTakenBackBeforeItHappenedIsToldAsFailed() {
        World world = new World();
        world.drop("i.jar", FIRST).settle();
        world.automatic = false;
        world.drop("i.jar", SECOND).settle();
        world.runs.get("inventory 1.1.0").stands();
        world.runUntil(() -> world.shelf.of("inventory").contains("1.1.0 ACTIVE"));
        world.runs.get("inventory 1.1.0").fails("It broke.");
        world.runUntil(() -> world.shelf.of("inventory").contains("1.0.0 ACTIVE"));

        World next = world.killedAndStartedAgain().settle();

        assertThat(next.events.get(0)).isEqualTo("start inventory 1.0.0");
        assertThat(told(world, Optional.of("1.0.0"), Optional.of("1.1.0"))).containsExactly(State.FAILED);
    }

    /** Answers how the deployments that change this ended, as it is recorded. */
    private static List<State> told(World world, Optional<String> from, Optional<String> to) {
        return world.shelf.journal.values().stream()
                .filter(deployment -> deployment.groups().stream()
                        .anyMatch(group -> group.plugins().contains(new Member("inventory", from, to))))
                .map(Deployment::state)
                .toList();
    }
}
