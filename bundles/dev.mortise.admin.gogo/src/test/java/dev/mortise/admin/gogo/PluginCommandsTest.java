// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.PluginDetail.LeakEntry;
import dev.mortise.kernel.admin.PluginDetail.MetadataEntry;
import dev.mortise.kernel.admin.PluginDetail.SchemaEntry;
import dev.mortise.kernel.admin.PluginList;
import dev.mortise.kernel.admin.PluginList.FileEntry;
import dev.mortise.kernel.model.PluginState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginCommandsTest {
    private final Shell shell = new Shell();
    private final FakePlugins plugins = new FakePlugins();

    @BeforeEach
    void theHostIsThere() {
        shell.plugins.bindPlugins(plugins);
    }

    @Test
    void listsPluginsInColumnsThatFitTheTerminal() {
        assertThat(shell.in(80).type("plugins")).isEqualTo("""
                ID       VERSION  STATE    SINCE  REASON
                crm      1.0.0    READY    1m
                reports  1.0.0    WAITING  1m     Missing required dependency 'inventory.produc…""");
    }

    @Test
    void cutsNothingWhereNobodySaysHowWideTheTerminalIs() {
        assertThat(shell.type("plugins")).endsWith("1m     " + FakePlugins.SENTENCE);
    }

    @Test
    void listsFilesThatAreNoPluginsBelow() {
        plugins.list = new PluginList(
                1,
                0,
                List.of(),
                List.of(new FileEntry("x.jar", "REJECTED", "x.jar is not a zip file.", Shell.NOW.minusSeconds(3))));

        assertThat(shell.type("plugins")).isEqualTo("""
                There are no plugins. Drop jars into the folder plugins/.

                FILE   STATE     SINCE  REASON
                x.jar  REJECTED  3s     x.jar is not a zip file.""");
    }

    @Test
    void answersObjectsThatScriptsCanAsk() {
        assertThat(shell.execute("plugins")).isInstanceOf(PluginList.class);
        assertThat(shell.type("(plugins) generation")).isEqualTo("3");
        assertThat(shell.type("(plugins) plugins")).startsWith("crm 1.0.0 READY\nreports 1.0.0 WAITING: Missing");
    }

    @Test
    void showsOnePluginInFull() {
        assertThat(shell.type("plugin reports")).isEqualTo("""
                reports 1.0.0 is WAITING for 1m
                Name:        reports
                Description: About it
                Reason:      %s
                File:        reports-1.0.0.jar
                SHA-256:     ab12
                Location:    bundle
                Schema:      2
                Needed by:   dashboard
                Versions:
                  1.0.0 WAITING, active
                Services:
                  reports.things 1.0.0 HEALTHY
                    GET /things  plugin.read
                Dependencies:
                  inventory.products ^1.0.0 of inventory, not satisfied
                  nope.s ^1.0.0 of nope (optional), not satisfied
                  crm.contacts ^1.0.0 of crm (optional), is 1.2.0
                Routes:
                  GET /api/v1/p/reports/things
                Warnings:
                  Old name.""".formatted(FakePlugins.SENTENCE));
    }

    @Test
    void explainsWithTheWholeSentence() {
        assertThat(shell.type("why reports")).isEqualTo("""
                reports 1.0.0 is WAITING.
                %s
                  Problem:   MISSING_DEPENDENCY at /api/dependencies/0
                  Required:  ^1.0.0
                  Nearest:   inventory 2.0.0: outside ^1.0.0
                  Remedy:    Deploy plugin 'inventory'.
                Chain:       reports -> inventory
                Warnings:
                  Old name.""".formatted(FakePlugins.SENTENCE));
    }

    @Test
    void saysThatNothingIsWrong() {
        plugins.warnings = List.of();

        assertThat(shell.type("why crm")).isEqualTo("crm 1.0.0 is READY.");
    }

    @Test
    void warnsOfWhatDoesNotKeepAPluginFromBeingReady() {
        assertThat(shell.type("why crm")).isEqualTo("""
                crm 1.0.0 is READY.
                Warnings:
                  Old name.""");
    }

    @Test
    void tellsTheSentenceOfAProblemOnceInWhateverTheSummarySays() {
        plugins.list = new PluginList(
                1, 1, List.of(FakePlugins.summary("reports", PluginState.READY, Optional.of("It broke."))), List.of());
        plugins.summary = Optional.of("Plugin 'reports' 1.0.0 is READY. It failed 3 times. It broke.");

        assertThat(shell.type("why reports"))
                .startsWith("reports 1.0.0 is READY.\nIt failed 3 times.\nIt broke.\n  Problem:");
    }

    @Test
    void leavesOutADescriptionThatIsNotThere() {
        plugins.description = "";

        assertThat(shell.type("plugin reports")).doesNotContain("Description");
    }

    @Test
    void tellsHowTheMetadataStands() {
        plugins.metadata = Optional.of(new MetadataEntry(
                "error", "1.0.0", "ab", Optional.of(Shell.NOW.minusSeconds(90)), Optional.of("It is no JSON.")));

        assertThat(shell.type("plugin reports")).contains("Metadata:    error, read 1m ago: It is no JSON.");
    }

    @Test
    void showsWhetherTheVersionBeforeIsGone() {
        plugins.leak = Optional.of(new LeakEntry("leaked", List.of("thread 'poller'", "timer 'ticks'")));
        assertThat(shell.type("plugin reports")).endsWith("""
                Leak:        leaked
                Held by:
                  thread 'poller'
                  timer 'ticks'""");

        plugins.leak = Optional.of(new LeakEntry("collected after 3 s", List.of()));
        assertThat(shell.type("plugin reports")).endsWith("Leak:        collected after 3 s");
    }

    @Test
    void showsASchemaThatIsElsewhereThanTheCode() {
        plugins.schema = new SchemaEntry(Optional.of("3"), Optional.of("2"));
        assertThat(shell.type("plugin reports")).contains("Schema:      3, code 2\n");

        plugins.schema = new SchemaEntry(Optional.empty(), Optional.of("2"));
        assertThat(shell.type("plugin reports")).contains("Schema:      none, code 2\n");

        plugins.schema = new SchemaEntry(Optional.empty(), Optional.empty());
        assertThat(shell.type("plugin reports")).doesNotContain("Schema:");
    }

    @Test
    void drawsWhoNeedsWhom() {
        assertThat(shell.type("graph")).isEqualTo("""
                crm 1.0.0 READY
                reports 1.0.0 WAITING
                  -> inventory: inventory.products ^1.0.0, not satisfied
                  -> crm: crm.contacts ^1.0.0 (optional)""");
    }

    @Test
    void tellsWhatAPluginNeedsAndWhoNeedsIt() {
        assertThat(shell.type("deps reports")).isEqualTo("""
                reports needs:
                  inventory.products ^1.0.0 of inventory, not satisfied
                  nope.s ^1.0.0 of nope (optional), not satisfied
                  crm.contacts ^1.0.0 of crm (optional), is 1.2.0
                Needed by: dashboard""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugin nobody", "why nobody", "deps nobody"})
    void namesAPluginThatIsNotThere(String line) {
        assertThat(shell.type(line)).isEqualTo("There is no plugin 'nobody'. 'plugins' lists those there are.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"why Not_An_Id", "plugin Not_An_Id", "deps Not_An_Id"})
    void namesWhatCanBeNoPlugin(String line) {
        assertThat(shell.type(line)).startsWith("There is no plugin 'Not_An_Id'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"why", "why a b"})
    void tellsHowTheCommandIsUsed(String line) {
        assertThat(shell.type(line)).isEqualTo("Usage: why <id>");
    }

    @Test
    void escapesWhatPluginsSay() {
        plugins.list = new PluginList(
                1,
                1,
                List.of(FakePlugins.summary("crm", PluginState.FAILED, Optional.of("bad\u001b[2J\nfake line"))),
                List.of());

        assertThat(List.of(shell.type("plugins"), shell.type("plugin crm"), shell.type("why crm")))
                .allSatisfy(text -> assertThat(text)
                        .contains("bad\\u001b[2J\\u000afake line")
                        .doesNotContain("\u001b"));
    }

    @Test
    void saysThatTheHostIsNotThere() {
        shell.plugins.unbindPlugins(plugins);

        assertThat(shell.type("plugins"))
                .isEqualTo("There are no plugins: Mortise is still starting, or this edition has none.");
    }

    @Test
    void keepsTheNewHostWhenTheOldOneGoesLater() {
        FakePlugins next = new FakePlugins();
        shell.plugins.bindPlugins(next);
        shell.plugins.unbindPlugins(plugins);

        assertThat(shell.type("plugins")).startsWith("ID");
    }
}
