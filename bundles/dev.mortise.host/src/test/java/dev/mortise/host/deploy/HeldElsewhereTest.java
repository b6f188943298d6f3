// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jars that offer what a registered instance offers already. */
class HeldElsewhereTest {
    private static final ServiceName CARTS = new ServiceName("shop.carts");

    private final World world = new World();

    @Test
    void refusesAnotherPluginUntilTheNameIsFree() {
        hold("remote", "1.0.0");

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
        hold("shop", "1.0.0");

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

        hold("remote", "1.0.0");
        world.runs.get("shop 1.1.0").stands();
        world.run();

        assertThat(world.route("shop").manifest().version().text()).isEqualTo("1.0.0");
        assertThat(world.state("shop")).isEqualTo("1.0.0 READY");
    }

    @Test
    void startsWhatRequiresIt() {
        world.drop("user.jar", plugin("user", "1.0.0").needs("shop.carts", "^1.0.0"))
                .settle();
        assertThat(world.state("user")).isEqualTo("1.0.0 WAITING");

        hold("shop", "1.2.0");
        pass();
        assertThat(world.state("user")).isEqualTo("1.0.0 READY");

        world.held.clear();
        pass();
        assertThat(world.state("user")).isEqualTo("1.0.0 WAITING");
    }

    @Test
    void saysThatItIsOfAnotherVersion() {
        hold("shop", "2.0.0");

        world.drop("user.jar", plugin("user", "1.0.0").needs("shop.carts", "^1.0.0"))
                .settle();

        assertThat(world.state("user")).isEqualTo("1.0.0 WAITING");
        assertThat(world.reason("user")).contains("^1.0.0", "2.0.0");
    }

    @Test
    void servesAlsoWhileTheJarOfItsPluginDoesNot() {
        hold("shop", "1.0.0");

        world.drop(
                        "shop.jar",
                        plugin("shop", "1.0.0").offers("shop.carts", "1.0.0").needs("none.such", "1"))
                .drop("user.jar", plugin("user", "1.0.0").needs("shop.carts", "^1.0.0"))
                .settle();

        assertThat(world.state("shop")).isEqualTo("1.0.0 WAITING");
        assertThat(world.state("user")).isEqualTo("1.0.0 READY");
    }

    private void hold(String owner, String version) {
        world.held.put(CARTS, new HeldService(new PluginId(owner), Set.of(new Version(version))));
    }

    private void pass() {
        world.turns.post(() -> {});
        world.run();
    }
}
