// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Trigger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployerTest {
    private static final Sketch INVENTORY = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch REPORTS = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");

    private final World world = new World();

    @Test
    void startsWhatIsDropped() {
        world.drop("i.jar", INVENTORY).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar"))
                .isEqualTo("DEPLOYED: inventory 1.0.0 " + INVENTORY.artifact().digest());
        assertThat(world.route("inventory").routes()).hasSize(1);
        assertThat(world.snapshot.generation()).isEqualTo(2);
    }

    @Test
    void startsProvidersFirst() {
        world.drop("a.jar", plugin("aa", "1.0.0").needs("zz.things", "*"))
                .drop("z.jar", plugin("zz", "1.0.0").offers("zz.things", "3.0.0"))
                .settle();

        assertThat(world.events).startsWith("start zz 1.0.0", "start aa 1.0.0");
        assertThat(world.state("aa")).isEqualTo("1.0.0 READY");
    }

    @Test
    void letsAPluginWaitForItsProviderAndStartsItByItself() {
        world.drop("r.jar", REPORTS).settle();

        String sentence = "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': no plugin"
                + " offers it. Deploy plugin 'inventory'.";
        assertThat(world.state("reports")).isEqualTo("1.0.0 WAITING");
        assertThat(world.reason("reports")).isEqualTo(sentence);
        assertThat(world.marker("r.jar")).isEqualTo("WAITING: " + sentence);
        assertThat(world.route("reports").state()).isEqualTo(PluginState.WAITING);
        assertThat(world.route("reports").reason()).isEqualTo(sentence);

        world.drop("i.jar", INVENTORY).settle();

        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("r.jar")).startsWith("DEPLOYED: reports 1.0.0 ");
    }

    @Test
    void tellsTwoFilesWithOnePreReleaseApart() {
        Sketch snapshot = plugin("inventory", "1.0.0-SNAPSHOT");
        String lower = snapshot.with("a").artifact().digest().shortHex();
        String higher = snapshot.with("b").artifact().digest().shortHex();

        world.drop("a.jar", snapshot.with("a"))
                .drop("b.jar", snapshot.with("b"))
                .settle();

        assertThat(world.marker("a.jar")).startsWith("DEPLOYED");
        assertThat(world.marker("b.jar"))
                .isEqualTo(
                        "SUPERSEDED: inventory 1.0.0-SNAPSHOT (sha256 %s…) is superseded by other content of the same"
                                        .formatted(higher)
                                + " version (sha256 %s…).".formatted(lower));
    }

    @Test
    void refusesACircle() {
        world.drop(
                        "a.jar",
                        plugin("plugin-a", "1.0.0")
                                .offers("plugin-a.s", "1.0.0")
                                .needs("plugin-b.s", "*"))
                .drop(
                        "b.jar",
                        plugin("plugin-b", "1.0.0")
                                .offers("plugin-b.s", "1.0.0")
                                .needs("plugin-c.s", "*"))
                .drop(
                        "c.jar",
                        plugin("plugin-c", "1.0.0")
                                .offers("plugin-c.s", "1.0.0")
                                .needs("plugin-a.s", "*"))
                .settle();

        assertThat(world.marker("b.jar"))
                .isEqualTo("FAILED: Circular dependency detected: plugin-a -> plugin-b -> plugin-c -> plugin-a");
        assertThat(world.state("plugin-c")).isEqualTo("1.0.0 REJECTED");
        assertThat(world.events).isEmpty();

        world.delete("b.jar")
                .drop("b2.jar", plugin("plugin-b", "1.0.1").offers("plugin-b.s", "1.0.0"))
                .settle();

        assertThat(world.state("plugin-a")).isEqualTo("1.0.0 READY");
    }

    @Test
    void startsOnlySoManyAtOnceAndLeavesHangingOnesBehind() {
        world.automatic = false;
        for (int i = 0; i < 6; i++) {
            world.drop(i + ".jar", plugin("p" + i, "1.0.0"));
        }
        world.settle();
        assertThat(world.runs).hasSize(4);

        world.runs.get("p0 1.0.0").stands();
        world.run();
        assertThat(world.runs).hasSize(5);

        world.advance(Duration.ofMillis(500));
        world.run();
        assertThat(world.runs).hasSize(6);
    }

    @Test
    void stopsDependentsBeforeTheirProviders() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.events.clear();
        boolean[] done = {false};

        world.deployer.stopAll(() -> done[0] = true);

        assertThat(done[0]).isTrue();
        assertThat(world.events)
                .containsExactly(
                        "drain reports 1.0.0",
                        "drain inventory 1.0.0",
                        "retire reports 1.0.0",
                        "retire inventory 1.0.0");
        assertThat(world.route("inventory").reason()).isEqualTo("Mortise is stopping.");
    }

    @Test
    void answersForAPluginWhoseOnlyJarIsRefused() {
        world.dropBad("i.jar", INVENTORY).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 REJECTED");
        assertThat(world.route("inventory").state()).isEqualTo(PluginState.REJECTED);
    }

    @Test
    void showsFilesThatNameNoPlugin() {
        world.put("x.jar", Condition.REJECTED, "x.jar is not a zip file.")
                .put("y.jar", Condition.INCOMING, "y.jar is still arriving")
                .settle();

        assertThat(world.snapshot.files())
                .extracting(file -> file.path() + " " + file.state())
                .containsExactly("x.jar REJECTED", "y.jar INCOMING");
        assertThat(world.snapshot.plugins()).isEmpty();
        assertThat(List.copyOf(world.markers.keySet())).hasSize(1);
    }

    @Test
    void answersForItselfAllTheTime() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.automatic = false;
        WorldRun first = world.runs.get("inventory 1.0.0");

        world.deployer.orders().restart(new PluginId("inventory"), Trigger.SHELL);
        world.run();
        assertThat(world.route("inventory").state()).isEqualTo(PluginState.DRAINING);
        assertThat(world.route("inventory").reason()).isEqualTo("Plugin 'inventory' is being restarted.");
        assertThat(world.reason("reports")).contains("plugin 'inventory' is DRAINING. Plugin 'inventory' is being");

        first.retired.complete(null);
        world.run();
        assertThat(world.route("inventory").state()).isEqualTo(PluginState.STARTING);

        world.runs.get("inventory 1.0.0").stands();
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
    }
}
