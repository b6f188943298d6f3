// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Preview.Group;
import dev.mortise.kernel.admin.Preview.Judged;
import dev.mortise.kernel.admin.Preview.Step;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeploymentCommandsTest {
    private final Shell shell = new Shell();
    private final FakePlugins plugins = new FakePlugins();
    private final FakeDeployments deployments = new FakeDeployments();

    @TempDir
    private Path folder;

    private Path jar = Path.of("");

    @BeforeEach
    void theHostIsThere() throws Exception {
        jar = Files.writeString(folder.resolve("x-1.0.0.jar"), "bytes");
        shell.deployments.bindPlugins(plugins);
        shell.deployments.bindDeployments(deployments);
        shell.journal.bindDeployments(deployments);
    }

    @Test
    void installsAFileAndTellsHowThatEnded() {
        assertThat(shell.type("install " + jar)).startsWith("Deployment d-1 is DONE after 1250 ms");
        assertThat(plugins.orders).containsExactly("install x-1.0.0.jar [bytes] false SHELL");
        assertThat(deployments.awaited).containsExactly("d-1 60");
    }

    @Test
    void downgradesOnlyWhenAskedTo() {
        shell.type("install --downgrade " + jar);
        shell.type("plan " + jar + " --downgrade");

        assertThat(plugins.orders)
                .containsExactly("install x-1.0.0.jar [bytes] true SHELL", "plan x-1.0.0.jar [bytes] true SHELL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "plan"})
    void namesAFileThatIsNotThere(String command) {
        assertThat(shell.type(command + " " + folder.resolve("y.jar")))
                .isEqualTo("There is no file '" + folder.resolve("y.jar") + "'.");
        assertThat(shell.type(command + " " + folder)).isEqualTo("There is no file '" + folder + "'.");
    }

    @Test
    void waitsForTheEndOfEveryOrder() {
        shell.type("uninstall inventory");
        shell.type("uninstall --force inventory");
        shell.type("restart crm");
        shell.type("rollback crm");
        shell.type("rollback crm 1.0.0");

        assertThat(plugins.orders)
                .containsExactly(
                        "uninstall inventory false SHELL",
                        "uninstall inventory true SHELL",
                        "restart crm SHELL",
                        "rollback crm to the last",
                        "rollback crm 1.0.0");
        assertThat(deployments.awaited).hasSize(5).containsOnly("d-1 60");
    }

    @Test
    void goesBackToNothingThatIsNoVersion() {
        assertThat(shell.type("rollback crm latest"))
                .isEqualTo("'latest' is no semantic version such as 1.2.3 or 2.0.0-rc.1.");
        assertThat(plugins.orders).isEmpty();
    }

    @Test
    void saysWhereToLookWhenADeploymentTakesLong() {
        deployments.all = List.of(FakeDeployments.running());
        plugins.answer = new Change.Accepted("d-2", "Plugin 'crm' restarts.");

        assertThat(shell.type("restart crm")).isEqualTo("""
                Deployment d-2 runs for 3000 ms (generation 14, by ROLLBACK).
                'deployments d-2' shows how it ends.""");
    }

    @Test
    void saysWhatWasTakenWhenNobodyKnowsHowItEnds() {
        shell.deployments.unbindDeployments(deployments);

        assertThat(shell.type("restart crm")).isEqualTo("It happens.\n'deployments d-1' shows how it ends.");
    }

    @Test
    void saysWhoAndWhatStandsAgainstAnOrder() {
        plugins.answer = new Change.Refused(
                "Plugin 'reports' needs it.",
                List.of(new PluginId("reports"), new PluginId("crm")),
                List.of(FakePlugins.problem("Plugin 'reports' needs it."), FakePlugins.problem("It clashes.")),
                12);

        assertThat(shell.type("uninstall inventory")).isEqualTo("""
                Plugin 'reports' needs it.
                    Remedy: Deploy plugin 'inventory'.
                    It clashes.
                    Remedy: Deploy plugin 'inventory'.
                In the way:  crm, reports""");
    }

    @Test
    void saysWhatIsNoPlugin() {
        plugins.answer = new Change.NotTaken("x.jar is not a zip file.", List.of(FakePlugins.problem("It is text.")));
        plugins.preview = new Preview.NotTaken("x.jar is no zip.", List.of());

        assertThat(shell.type("install " + jar)).isEqualTo("""
                x.jar is not a zip file.
                    It is text.
                    Remedy: Deploy plugin 'inventory'.""");
        assertThat(shell.type("plan " + jar)).isEqualTo("x.jar is no zip.");
    }

    @Test
    void saysWhatIsNotThereOrNotNow() {
        plugins.answer = new Change.Unknown(new PluginId("other"), "There is no plugin 'other'.");
        assertThat(shell.type("restart other")).isEqualTo("There is no plugin 'other'.");

        plugins.answer = new Change.Unavailable("The database is away.");
        assertThat(shell.type("restart crm")).isEqualTo("The database is away.");
        assertThat(shell.type("plan " + jar)).isEqualTo("Mortise starts.");
        assertThat(deployments.awaited).isEmpty();
    }

    @Test
    void plansAndNamesWhoWouldWaitAndWhoIsRefused() {
        plugins.preview = new Preview.Planned(
                12,
                List.of(
                        new Group(List.of(
                                new Step("inventory", "2.0.0", "update"), new Step("reports", "2.0.0", "update"))),
                        new Group(List.of(new Step("crm", "1.0.0", "install")))),
                List.of(new Judged("sales", "1.0.0", List.of(FakePlugins.problem(FakePlugins.SENTENCE)))),
                List.of(new Judged("old", "0.9.0", List.of(FakePlugins.problem("It clashes.")))));

        assertThat(shell.type("plan " + jar)).isEqualTo("""
                This would change, each group at once:
                  update inventory 2.0.0, update reports 2.0.0
                  install crm 1.0.0
                This would wait:
                  sales 1.0.0
                    %s
                This would be refused:
                  old 0.9.0
                    It clashes.
                    Remedy: Deploy plugin 'inventory'.""".formatted(FakePlugins.SENTENCE));
        assertThat(shell.execute("plan " + jar)).isInstanceOf(Preview.Planned.class);
    }

    @Test
    void plansNothing() {
        plugins.preview = new Preview.Planned(12, List.of(), List.of(), List.of());

        assertThat(shell.type("plan " + jar)).isEqualTo("Nothing would change.");
    }

    @Test
    void listsDeploymentsInColumnsThatFitTheTerminal() {
        deployments.all = List.of(FakeDeployments.refused(), FakeDeployments.running(), FakeDeployments.done());

        assertThat(shell.in(110).type("deployments")).isEqualTo("""
                ID   STATE    TRIGGER   GEN  WHEN  MS    PLUGINS                                          REASON
                d-3  REFUSED  ROLLBACK  14   3s    3000                                                   The plan refuses it.
                d-2  RUNNING  ROLLBACK  14   3s    3000
                d-1  DONE     SHELL     13   1m    1250  reports 1.0.0 -> 1.1.0, crm -> 1.0.0 and 1 more  Plugin 'old' did no…""");
        for (int columns : new int[] {1, 22, 23, 40, 80}) {
            assertThat(shell.in(columns).type("deployments").lines())
                    .allMatch(line -> line.length() <= Math.max(22, columns));
        }
    }

    @Test
    void showsADeploymentInFull() {
        assertThat(shell.type("deployments d-1")).isEqualTo("""
                Deployment d-1 is DONE after 1250 ms (generation 13, by SHELL).
                  reports 1.0.0 -> 1.1.0, crm -> 1.0.0: DONE
                  old 0.9.0 -> gone: FAILED
                    Plugin 'old' did not stop within 30 s.

                MS    STEP     STATE   PLUGIN
                12    INSTALL  DONE    reports
                1200  DRAIN    FAILED  old
                Leaks:
                  reports 1.0.0: collected after 2 s""");
        assertThat(shell.execute("deployments d-1")).isInstanceOf(Deployment.class);
    }

    @Test
    void tellsWhyADeploymentIsRefused() {
        deployments.all = List.of(FakeDeployments.refused());

        assertThat(shell.type("deployments d-3")).isEqualTo("""
                Deployment d-3 is REFUSED after 3000 ms (generation 14, by ROLLBACK).
                The plan refuses it.""");
    }

    @Test
    void saysThatThereIsNoDeployment() {
        assertThat(shell.type("deployments d-9"))
                .isEqualTo("There is no deployment 'd-9'. 'deployments' lists the newest.");

        deployments.all = List.of();
        assertThat(shell.type("deployments")).isEqualTo("There was no deployment yet.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"restart Not_An_Id", "uninstall Not_An_Id", "rollback Not_An_Id 1.0.0"})
    void namesWhatCanBeNoPlugin(String line) {
        assertThat(shell.type(line)).startsWith("There is no plugin 'Not_An_Id'.");
    }

    @Test
    void answersInWordsWhileTheJournalCannotBeRead() {
        deployments.away = true;

        assertThat(List.of(shell.type("deployments"), shell.type("deployments d-1")))
                .containsOnly("The database is away.");
    }

    @Test
    void answersInWordsWhileTheHostIsNotThere() {
        shell.deployments.unbindPlugins(plugins);
        shell.journal.unbindDeployments(deployments);

        assertThat(shell.type("restart crm")).startsWith("There are no plugins: Mortise is still starting");
        assertThat(shell.type("deployments")).startsWith("There are no deployments: Mortise is still starting");
    }
}
