// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderTest {
    private static final Sketch INVENTORY = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch REPORTS = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");

    private final World world = new World();

    @Test
    void letsItsDependentsWaitInTheSameChangeAndBringsThemBackWithoutARestart() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.changes.clear();
        world.events.clear();

        world.delete("i.jar").settle();

        assertThat(world.changes.get(0).put())
                .extracting(entry -> entry.manifest().id().value() + " " + entry.state())
                .containsExactly("inventory DRAINING", "reports WAITING");
        assertThat(world.changes.get(1).remove()).containsExactly(new PluginId("inventory"));
        assertThat(world.route("reports").state()).isEqualTo(PluginState.WAITING);
        assertThat(world.route("reports").reason()).startsWith("Missing required dependency 'inventory.products'");
        assertThat(world.events).containsExactly("drain inventory 1.0.0", "retire inventory 1.0.0");

        world.drop("i.jar", INVENTORY).settle();
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.route("reports").routes()).hasSize(1);
        assertThat(world.events).containsOnlyOnce("start inventory 1.0.0").doesNotContain("start reports 1.0.0");
    }

    @Test
    void waitsAlongAChain() {
        world.drop("i.jar", INVENTORY)
                .drop("r.jar", REPORTS.offers("reports.generator", "1.0.0"))
                .drop("m.jar", plugin("mailer", "1.0.0").needs("reports.generator", "*"))
                .settle();
        world.delete("i.jar").settle();

        assertThat(world.state("mailer")).isEqualTo("1.0.0 WAITING");
        assertThat(world.reason("mailer"))
                .startsWith("Required dependency 'reports.generator' (*) of plugin 'mailer' is not served:"
                        + " plugin 'reports' is WAITING.");
    }

    @Test
    void letsItsDependentsKnowThatItComesBackByItself() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.automatic = false;

        world.deployer.orders().restart(new PluginId("inventory"), Trigger.SHELL);
        world.run();
        assertThat(world.reason("reports"))
                .isEqualTo("Required dependency 'inventory.products' (^1.0.0) of plugin 'reports' is not served: plugin"
                        + " 'inventory' is DRAINING. Plugin 'inventory' is being restarted.");
        assertThat(remedies("reports")).allMatch(remedy -> remedy.startsWith("Wait for plugin 'inventory'"));

        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();
        assertThat(world.reason("reports"))
                .contains("plugin 'inventory' is MIGRATING. Wait for plugin 'inventory': it comes by itself;")
                .doesNotContain("Mend");
    }

    @Test
    void isNamedWithWhatItOffersWhenItIsThereButLacksTheService() {
        world.drop("i.jar", plugin("inventory", "1.0.0").offers("inventory.stock", "1.0.0"))
                .drop("r.jar", REPORTS)
                .settle();

        assertThat(world.reason("reports"))
                .isEqualTo("Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': plugin"
                        + " 'inventory' 1.0.0 does not offer it, only inventory.stock 1.0.0. Deploy a version of"
                        + " plugin 'inventory' that offers it.");

        world.drop("i.jar", plugin("inventory", "1.1.0").offers("inventory.products", "1.0.0"))
                .settle();
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
    }

    @Test
    void isNotReplacedByAVersionWithoutTheServiceThatOthersNeed() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();

        world.drop("i2.jar", plugin("inventory", "1.1.0").offers("inventory.stock", "1.0.0"))
                .settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i2.jar"))
                .startsWith("FAILED: inventory 1.1.0 is refused because it would break reports 1.0.0, which runs:"
                        + " Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': plugin"
                        + " 'inventory' 1.1.0 does not offer it, only inventory.stock 1.0.0.");
    }

    @Test
    void servesOnWithoutAnOptionalOne() {
        world.drop("r.jar", REPORTS.needs("crm.contacts", "^1.0.0", false))
                .drop("i.jar", INVENTORY)
                .settle();

        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.snapshot.speaker(new PluginId("reports")).orElseThrow().warnings())
                .containsExactly("Optional dependency 'crm.contacts' (^1.0.0) of plugin 'reports' is not wired:"
                        + " no plugin offers it.");
    }

    @Test
    void doesNotBringALowerVersionUpWhileThereIsNoProvider() {
        world.drop("i.jar", INVENTORY)
                .drop("r.jar", plugin("reports", "0.9.0"))
                .drop("r2.jar", REPORTS)
                .settle();
        world.delete("i.jar").settle();

        assertThat(world.state("reports")).isEqualTo("1.0.0 WAITING");
    }

    private List<String> remedies(String plugin) {
        return world.snapshot.speaker(new PluginId(plugin)).orElseThrow().problems().stream()
                .map(Problem::remedy)
                .toList();
    }
}
