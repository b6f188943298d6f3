// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journal tells is what happened. */
class JournalTest {
    private static final Sketch FIRST = plugin("inventory", "1.0.0");
    private static final Sketch SECOND = plugin("inventory", "1.1.0");
    private static final Sketch THIRD = plugin("inventory", "1.2.0");

    private static final Sketch PROVIDER = FIRST.offers("inventory.products", "1.0.0");
    private static final Sketch REPORTS = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");

    private final World world = new World();

    @BeforeEach
    void looksAtAnEmptyFolder() {
        world.settle();
    }

    @Test
    void tellsOfALeakWhereTheVersionWasRetired() {
        install(FIRST, SECOND, THIRD);

        judged("1.0.0", "leaked");
        judged("1.1.0", "collected");

        assertThat(leaks()).containsExactly(List.of(), List.of("1.0.0 leaked"), List.of("1.1.0 collected"));
    }

    @Test
    void tellsOfALeakOfAVersionThatWasNeverSwitchedInWhereItFailed() {
        install(FIRST);
        world.automatic = false;
        install(SECOND);
        world.automatic = true;
        world.runs.get("inventory 1.1.0").fails("It broke.");
        world.runs.get("inventory 1.1.0").retired.complete(null);
        world.run();
        install(THIRD);

        judged("1.1.0", "leaked");
        judged("1.0.0", "collected");

        assertThat(leaks()).containsExactly(List.of(), List.of("1.1.0 leaked"), List.of("1.0.0 collected"));
    }

    @Test
    void doesNotTellOfALeakWhereNothingOfThatVersionWasRetired() {
        install(FIRST, SECOND);

        judged("1.1.0", "leaked");
        judged("0.9.0", "leaked");

        assertThat(leaks()).containsExactly(List.of(), List.of());
    }

    @Test
    void tellsOfALeakOfOneOfTwoMajorsWhereThatOneWasReplaced() {
        install(FIRST.coexists(), plugin("inventory", "2.0.0").coexists(), SECOND.coexists());

        judged("1.0.0", "leaked");

        assertThat(leaks()).containsExactly(List.of(), List.of(), List.of("1.0.0 leaked"));
    }

    @Test
    void tellsOfWhatWaitedWithWhatItWaitedFor() {
        install(REPORTS);
        assertThat(world.state("reports")).isEqualTo("1.0.0 WAITING");

        install(PROVIDER);

        assertThat(told()).containsExactly("DONE API: reports - 1.0.0", "DONE API: inventory - 1.0.0, reports - 1.0.0");
        assertThat(world.lastDeployment().steps())
                .extracting(step -> step.phase() + " " + step.plugin())
                .contains("SWITCH reports");
    }

    @Test
    void tellsOfWhatWasRefusedWithWhatLetsItIn() {
        world.drop("i.jar", PROVIDER).drop("r.jar", REPORTS).settle();
        world.drop("i2.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                .settle();
        world.drop("r2.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                .settle();

        assertThat(world.state("inventory")).isEqualTo("2.0.0 READY");
        assertThat(told().subList(1, 3))
                .containsExactly(
                        "REFUSED FOLDER: inventory 1.0.0 2.0.0",
                        "DONE FOLDER: inventory 1.0.0 2.0.0, reports 1.0.0 2.0.0");
    }

    @Test
    void tellsOfWhatIsTriedAgainByItself() {
        world.automatic = false;
        install(FIRST);
        world.drop("r.jar", plugin("reports", "1.0.0")).settle();
        for (WorldRun run : List.copyOf(world.runs.values())) {
            run.fails("It broke.");
            run.retired.complete(null);
        }
        world.run();
        world.automatic = true;

        world.deployer.platformChanged();
        world.run();

        assertThat(told())
                .containsExactly(
                        "FAILED API: inventory - 1.0.0",
                        "FAILED FOLDER: reports - 1.0.0",
                        "DONE API: inventory - 1.0.0, reports - 1.0.0");
    }

    @Test
    void tellsWhatAnOrderGaveWayTo() {
        install(FIRST);
        world.automatic = false;
        install(SECOND, THIRD, THIRD.with("mended"));
        world.runs.get("inventory 1.2.0").stands();
        world.runs.get("inventory 1.0.0").retired.complete(null);
        world.run();

        assertThat(reasons())
                .containsExactly(
                        "",
                        "1.1.0 gave way to 1.2.0, which was asked for meanwhile.",
                        "1.2.0 gave way to other content of the same version, which was asked for meanwhile.",
                        "");
    }

    @Test
    void doesNotTellThatAFileGaveWayToOneThatItHadDisplacedItself() {
        world.automatic = false;
        world.drop("j.jar", SECOND).settle();
        world.drop("i.jar", FIRST).settle();
        world.delete("j.jar").settle();
        world.runs.get("inventory 1.1.0").retired.complete(null);
        world.run();
        world.runs.get("inventory 1.0.0").stands();
        world.run();

        assertThat(reasons().get(0)).isEqualTo("It was taken back meanwhile.");
    }

    @Test
    void tellsOfTheStepsOfAVersionWhereItWasAskedFor() {
        install(FIRST.coexists());
        world.automatic = false;
        install(SECOND.coexists(), plugin("inventory", "2.0.0").coexists());
        WorldRun second = world.runs.get("inventory 1.1.0");
        second.reports.accept(new RunReport.Entered(Phase.MIGRATE));
        world.run();
        second.fails("It broke.");
        second.retired.complete(null);
        world.runs.get("inventory 2.0.0").stands();
        world.run();

        List<Deployment> deployments = List.copyOf(world.deployments.values());
        assertThat(deployments.get(1).steps())
                .extracting(step -> step.phase() + " " + step.state())
                .containsExactly("PLAN DONE", "MIGRATE FAILED");
        assertThat(deployments.get(2).steps())
                .extracting(step -> step.phase() + " " + step.state())
                .containsExactly("PLAN DONE", "SWITCH DONE");
    }

    private List<String> reasons() {
        return world.deployments.values().stream()
                .map(deployment -> deployment.reason().orElse(""))
                .toList();
    }

    private List<String> told() {
        return world.deployments.values().stream()
                .map(deployment -> deployment.state() + " " + deployment.trigger() + ": "
                        + deployment.groups().stream()
                                .flatMap(group -> group.plugins().stream())
                                .map(member -> member.id() + " " + member.from().orElse("-") + " "
                                        + member.to().orElse("-"))
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    private void install(Sketch... sketches) {
        for (Sketch sketch : sketches) {
            assertThat(world.install(sketch, false)).isInstanceOf(OperatorOrders.Answer.Taken.class);
            world.run();
            world.advance(Duration.ofSeconds(3)); // only what takes long gives way
        }
    }

    private void judged(String version, String verdict) {
        world.deployer.loaderJudged(new PluginIdentity(new PluginId("inventory"), new Version(version)), verdict);
    }

    private List<List<String>> leaks() {
        return world.deployments.values().stream()
                .map(deployment -> deployment.leaks().stream()
                        .map(leak -> leak.version() + " " + leak.verdict())
                        .toList())
                .toList();
    }
}
