// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else records in the same store, or an answer of it is lost. */
class SharedStoreTest {
    private static final PluginId ID = new PluginId("inventory");
    private static final Sketch FIRST = plugin("inventory", "1.0.0");
    private static final Sketch THEIRS = plugin("theirs", "1.0.0");

    private final World world = new World();

    @BeforeEach
    void runsSomething() {
        world.drop("i.jar", FIRST).settle();
    }

    @Test
    void whatSomebodyElseAddedIsNotRemoved() {
        world.shelf.another(wants -> wants.put(
                THEIRS.artifact().digest(),
                Wish.pending(THEIRS.artifact(), Optional.empty()).want()));

        world.drop("o.jar", plugin("other", "1.0.0")).settle();
        world.delete("o.jar").settle();

        assertThat(world.shelf.of("theirs")).containsExactly("1.0.0 PENDING");
        assertThat(world.shelf.of("other")).isEmpty();
        assertThat(world.state("theirs")).isEqualTo("none");
    }

    @Test
    void whatSomebodyElseRemovedIsRecordedAgainBeforeItIsBelieved() {
        world.shelf.another(wants -> wants.remove(FIRST.artifact().digest()));

        world.drop("o.jar", plugin("other", "1.0.0")).settle();

        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
        assertThat(world.shelf.of("other")).containsExactly("1.0.0 ACTIVE");
    }

    @Test
    void whatWasRecordedThoughNobodyHeardOfItIsOurs() {
        world.shelf.knows(plugin("lost", "1.0.0").artifact());
        world.shelf.mute = true;
        world.install(plugin("lost", "1.0.0"), false);
        world.run();
        assertThat(world.shelf.of("lost")).containsExactly("1.0.0 PENDING");

        world.shelf.mute = false;
        world.deployer.orders().uninstall(new PluginId("lost"), true, Trigger.API);
        world.run();
        world.laterOn();

        assertThat(world.shelf.of("lost")).isEmpty();
        assertThat(world.shelf.of("inventory")).containsExactly("1.0.0 ACTIVE");
        assertThat(world.snapshot.speaker(ID)).isPresent();
    }
}
