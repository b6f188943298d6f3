// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.ServiceName;
import org.junit.jupiter.api.Test;

/** Jars that offer what a registered instance offers already. */
class HeldElsewhereTest {
    private static final ServiceName CARTS = new ServiceName("shop.carts");

    private final World world = new World();

    @Test
    void refusesAnotherPluginUntilTheNameIsFree() {
        world.held.put(CARTS, new PluginId("remote"));

        world.drop("shop.jar", plugin("shop", "1.0.0").offers("shop.carts", "1.0.0"))
                .settle();

        assertThat(world.state("shop")).isEqualTo("1.0.0 REJECTED");
        assertThat(world.reason("shop"))
                .isEqualTo("Service 'shop.carts' of plugin 'shop' already belongs to plugin 'remote', which is"
                        + " registered from elsewhere.");
        assertThat(world.runs).isEmpty();

        world.held.clear();
        world.turns.post(() -> {});
        world.run();

        assertThat(world.state("shop")).isEqualTo("1.0.0 READY");
    }

    @Test
    void takesTheJarOfTheSamePlugin() {
        world.held.put(CARTS, new PluginId("shop"));

        world.drop("shop.jar", plugin("shop", "1.0.0").offers("shop.carts", "1.0.0"))
                .settle();

        assertThat(world.state("shop")).isEqualTo("1.0.0 READY");
    }

    @Test
    void switchesNothingInWhoseNameWasTakenWhileItStarted() {
        world.drop("shop.jar", plugin("shop", "1.0.0")).settle();
        world.automatic = false;
        world.drop("shop.jar", plugin("shop", "1.1.0").offers("shop.carts", "1.0.0"))
                .settle();

        world.held.put(CARTS, new PluginId("remote"));
        world.runs.get("shop 1.1.0").stands();
        world.run();

        assertThat(world.route("shop").manifest().version().text()).isEqualTo("1.0.0");
        assertThat(world.state("shop")).isEqualTo("1.0.0 READY");
    }
}
