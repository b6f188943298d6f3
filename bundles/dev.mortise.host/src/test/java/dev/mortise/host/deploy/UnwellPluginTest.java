// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnwellPluginTest {
    private static final Sketch INVENTORY = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch REPORTS = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");

    private final World world = new World();
    private final Problem problem = new Problem.HealthProblem("It is unwell.", "Heal it.");

    @Test
    void isNotCalledWhileItIsImpaired() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        WorldRun run = world.runs.get("inventory 1.0.0");

        run.reports.accept(new RunReport.Impaired(problem));
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 WAITING");
        assertThat(world.reason("inventory")).isEqualTo("It is unwell.");
        assertThat(world.route("inventory").routes()).isEmpty();
        assertThat(world.reason("reports"))
                .isEqualTo("Required dependency 'inventory.products' (^1.0.0) of plugin 'reports' is not served:"
                        + " plugin 'inventory' is WAITING. It is unwell.");

        run.reports.accept(new RunReport.Serving(Contributions.of(Optional.empty())));
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
    }

    @Test
    void servesWhileItIsDegraded() {
        world.drop("i.jar", INVENTORY).settle();
        world.runs.get("inventory 1.0.0").reports.accept(new RunReport.Serving(Contributions.of(Optional.of(problem))));
        world.run();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 DEGRADED");
        assertThat(world.route("inventory").routes()).hasSize(1);
    }

    @Test
    void isFailedAndTriedAgainByCommand() {
        world.automatic = false;
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.runs.get("inventory 1.0.0").fails("It broke.");
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 FAILED");
        assertThat(world.reason("reports")).contains("plugin 'inventory' is FAILED. It broke.");
        assertThat(world.route("inventory").reason()).isEqualTo("It broke.");

        world.automatic = true;
        world.deployer.orders().restart(new PluginId("inventory"), Trigger.SHELL);
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
    }

    @Test
    void isQuarantinedAfterThreeFailuresInARow() {
        world.automatic = false;
        world.drop("i.jar", INVENTORY).settle();
        for (int i = 0; i < 3; i++) {
            failAndTryAgain();
        }

        assertThat(world.state("inventory")).isEqualTo("1.0.0 QUARANTINED");
        assertThat(world.marker("i.jar")).startsWith("FAILED: Plugin 'inventory' failed 3 times in a row");
        world.automatic = true;
        world.drop("i.jar", INVENTORY.with("mended")).settle();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
    }

    @Test
    void hasThreeTriesMoreWhenItIsOrderedOutOfQuarantine() {
        world.automatic = false;
        world.drop("i.jar", INVENTORY).settle();
        for (int i = 0; i < 3; i++) {
            failAndTryAgain();
        }
        assertThat(world.state("inventory")).isEqualTo("1.0.0 QUARANTINED");

        world.deployer.orders().restart(new PluginId("inventory"), Trigger.SHELL);
        world.run();
        failAndTryAgain();
        failAndTryAgain();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 MIGRATING");
        failAndTryAgain();
        assertThat(world.state("inventory")).isEqualTo("1.0.0 QUARANTINED");
    }

    private void failAndTryAgain() {
        world.runs.get("inventory 1.0.0").fails("It broke.");
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();
        world.deployer.platformChanged();
        world.run();
    }

    @Test
    void isTriedAgainWhenItsFileIsTouched() {
        world.automatic = false;
        world.drop("i.jar", INVENTORY).settle();
        world.runs.get("inventory 1.0.0").fails("It broke.");
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();

        world.automatic = true;
        world.drop("i.jar", INVENTORY).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
    }

    @Test
    void staysInQuarantineWhenTheSameContentIsWrittenAgain() {
        Sketch bad = plugin("bad", "1.0.0");
        world.automatic = false;
        world.drop("b.jar", bad).settle();
        for (int failure = 1; failure <= 3; failure++) {
            world.deployer.platformChanged();
            world.run();
            world.runs.get("bad 1.0.0").fails("It broke.");
            world.run();
            world.runs.get("bad 1.0.0").retired.complete(null);
            world.run();
        }
        assertThat(world.state("bad")).isEqualTo("1.0.0 QUARANTINED");

        world.put("b.jar", Condition.INCOMING, "It is arriving.").settle();
        world.drop("b.jar", bad).settle();
        assertThat(world.state("bad")).isEqualTo("1.0.0 QUARANTINED");
    }

    @Test
    void triesAFailedOneAgainWhenItsFileIsWrittenAgain() {
        Sketch plugin = plugin("some", "1.0.0");
        world.drop("s.jar", plugin).settle();
        world.runs.get("some 1.0.0").fails("It was stopped from outside.");
        world.run();
        assertThat(world.state("some")).isEqualTo("1.0.0 FAILED");

        world.put("s.jar", Condition.INCOMING, "It is arriving.").settle();
        world.drop("s.jar", plugin).settle();
        assertThat(world.state("some")).isEqualTo("1.0.0 READY");
    }
}
