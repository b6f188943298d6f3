// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractsTest {
    private static final PluginId ID = new PluginId("inventory");
    private static final Sketch FIRST = plugin("inventory", "1.0.0");
    private static final Sketch SECOND = plugin("inventory", "1.1.0");
    private static final String CONTRACT = "contract inventory 1.1.0";
    private static final Problem TROUBLE = new Problem.MigrationProblem("It did not run.", "Mend it.");

    private World world = new World();

    @BeforeEach
    void runsTheFirst() {
        world.drop("i.jar", FIRST).settle();
    }

    @Test
    void runOnceWhenTheOldVersionIsGone() {
        CompletableFuture<Void> calls = new CompletableFuture<>();
        world.calls.put(FIRST.artifact().identity(), calls);
        switchTheSecondIn();
        assertThat(world.events).doesNotContain(CONTRACT);

        calls.complete(null);
        world.run();
        world.run();
        assertThat(world.events).containsOnlyOnce(CONTRACT);
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.RUNNING);

        ends(Optional.empty());
        assertThat(world.lastDeployment().state()).isEqualTo(Deployment.State.DONE);
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
    }

    @Test
    void areToldWhereAnOperatorLooksWhenTheyFail() {
        switchTheSecondIn();
        ends(Optional.of(TROUBLE));

        VersionView view = world.snapshot.speaker(ID).orElseThrow();
        assertThat(world.state("inventory")).isEqualTo("1.1.0 DEGRADED");
        assertThat(view.reason())
                .isEqualTo("Plugin 'inventory' 1.1.0 serves, but its contract migrations did not all run:"
                        + " It did not run.");
        assertThat(view.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Problem.Code.MIGRATION);
            assertThat(problem.remedy())
                    .isEqualTo("Mend it. They are tried again by 'restart inventory' and by the next version.");
        });
        assertThat(world.route("inventory").routes()).isNotEmpty();
        Deployment deployment = world.lastDeployment();
        assertThat(deployment.state()).isEqualTo(Deployment.State.DONE);
        assertThat(deployment.reason()).contains(view.reason());
        assertThat(deployment.steps())
                .filteredOn(step -> step.state() == Deployment.State.FAILED)
                .extracting(Deployment.Step::phase)
                .containsExactly(Phase.MIGRATE);
    }

    @Test
    void areTriedAgainByARestartOfThePlugin() {
        switchTheSecondIn();
        ends(Optional.of(TROUBLE));
        world.events.clear();

        world.deployer.orders().restart(ID, Trigger.SHELL);
        world.run();
        world.runs.get("inventory 1.1.0").stands(1);
        world.run();
        assertThat(world.events).containsOnlyOnce(CONTRACT);

        ends(Optional.empty());
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
    }

    @Test
    void areTriedAgainByARestartOfTheContainer() {
        switchTheSecondIn();
        ends(Optional.of(TROUBLE));

        world = world.killedAndStartedAgain();
        world.automatic = false;
        world.settle();
        world.runs.get("inventory 1.1.0").stands(1);
        world.run();

        assertThat(world.events).containsOnlyOnce(CONTRACT);
    }

    @Test
    void areTriedAgainByTheNextVersion() {
        switchTheSecondIn();
        ends(Optional.of(TROUBLE));

        world.drop("i.jar", plugin("inventory", "1.2.0")).settle();
        world.runs.get("inventory 1.2.0").stands(1);
        world.run();

        assertThat(world.events).endsWith("retire inventory 1.1.0", "contract inventory 1.2.0");
        assertThat(world.state("inventory")).isEqualTo("1.2.0 READY");
    }

    /** Whoever is retired from now on ends at once, but starts only when the test says so. */
    private void switchTheSecondIn() {
        world.automatic = false;
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.drop("i.jar", SECOND).settle();
        WorldRun second = world.runs.get("inventory 1.1.0");
        second.retired.complete(null);
        second.stands(2);
        world.run();
        assertThat(world.state("inventory")).isEqualTo("1.1.0 READY");
    }

    private void ends(Optional<Problem> problem) {
        world.runs.get("inventory 1.1.0").reports.accept(new RunReport.Contracted(problem));
        world.run();
    }
}
