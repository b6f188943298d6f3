// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.FileView;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.testkit.PluginBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotPluginsTest {
    private static final PluginId INVENTORY = new PluginId("inventory");
    private static final PluginId REPORTS = new PluginId("reports");

    @TempDir
    Path folder;

    private final Map<PluginId, List<VersionView>> views = new LinkedHashMap<>();
    private final List<FileView> files = new ArrayList<>();
    private final List<PluginId> restarted = new ArrayList<>();
    private Optional<Orders> orders = Optional.of(new NotedOrders());
    private Inspection inspection = new Inspection.Refused(
            Optional.empty(), List.of(new Problem.IntakeProblem("x.jar is no bundle.", "Build it.")));

    private final PluginBuilder inventory = plugin("inventory").offers("inventory.products", "1.5.0");
    private final PluginBuilder reports = plugin("reports").needs("inventory.products", "^2.0.0");

    @Test
    void listsPluginsAndFiles() {
        add(inventory, PluginState.READY, "");
        files.add(new FileView(Path.of("sub/x.jar"), "REJECTED", "x.jar is not a zip file.", Views.NOON));

        var list = plugins().list();

        assertThat(list.generation()).isEqualTo(7);
        assertThat(list.count()).isEqualTo(1);
        assertThat(list.plugins().get(0).reason()).isEmpty();
        assertThat(list.plugins().get(0).file()).hasValue("inventory.jar");
        assertThat(list.files().get(0).file()).isEqualTo("sub/x.jar");
    }

    @Test
    void showsAPluginInFull() {
        add(inventory, PluginState.DEGRADED, "It limps.");
        add(reports, PluginState.READY, "");

        PluginDetail detail = plugins().find(INVENTORY).orElseThrow();

        assertThat(detail.routes()).containsExactly(new PluginDetail.RouteEntry("GET", "/api/v1/p/inventory/products"));
        assertThat(detail.services().get(0).health()).isEqualTo("DEGRADED");
        assertThat(detail.dependents()).containsExactly("reports");
        PluginDetail.DependencyEntry need =
                plugins().find(REPORTS).orElseThrow().dependencies().get(0);
        assertThat(need.satisfied()).isFalse();
        assertThat(plugins().graph().edges()).singleElement().matches(edge -> !edge.satisfied());
    }

    @Test
    void tellsOfANewerVersionThatDoesNotComeUp() {
        add(inventory, PluginState.READY, "");
        Problem broken = new Problem.StartProblem("It broke.", "Mend it.");
        views.get(INVENTORY).add(Views.of(inventory.version("1.1.0"), PluginState.FAILED, "It broke.", false, broken));

        assertThat(plugins().why(INVENTORY).orElseThrow().summary()).contains("Version 1.1.0 is FAILED");
        assertThat(plugins().find(INVENTORY).orElseThrow().warnings())
                .containsExactly("It is old.", "inventory 1.1.0 is FAILED: It broke.");
    }

    @Test
    void takesAJarIn() throws IOException {
        inspection = new Inspection.Admitted(artifact(inventory));

        assertThat(plugins().install("inventory-1.0.0.jar", jar())).isInstanceOf(Change.Accepted.class);
        assertThat(names()).containsExactly("inventory-1.0.0.jar");
    }

    @Test
    void refusesAJarThatIsNoneAndLeavesNothingBehind() throws IOException {
        assertThat(plugins().install("x.jar", jar())).isEqualTo(new Change.Refused("x.jar is no bundle.", List.of()));
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.jar", "a/b.jar", ".x.jar", "x.zip", "x.jar\n", "", ".jar"})
    void refusesAHostileName(String name) throws IOException {
        inspection = new Inspection.Admitted(artifact(inventory));

        assertThat(plugins().install(name, jar())).isInstanceOf(Change.Refused.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void refusesToOverwriteTheFileOfAnotherPlugin() throws IOException {
        add(inventory, PluginState.READY, "");
        inspection = new Inspection.Admitted(artifact(reports));

        assertThat(plugins().install("inventory.jar", jar()))
                .isEqualTo(new Change.Refused(
                        "inventory.jar in the folder holds plugin 'inventory'. Give the jar of plugin 'reports'"
                                + " another name.",
                        List.of()));
        assertThat(names()).isEmpty();
    }

    @Test
    void stopsReadingWhatIsTooLarge() {
        long[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return 'x';
            }
        };

        plugins().install("x.jar", endless);

        assertThat(read[0]).isLessThan(1_000_000);
    }

    @Test
    void refusesToRemoveWhatOthersNeedUnlessForced() throws IOException {
        Files.writeString(folder.resolve("inventory.jar"), "");
        add(inventory, PluginState.READY, "");
        add(reports, PluginState.READY, "");

        assertThat(plugins().uninstall(INVENTORY, false))
                .isEqualTo(new Change.Refused(
                        "Plugin 'inventory' is needed by 'reports'. Remove them first, or force it: they wait until it"
                                + " is back.",
                        List.of(REPORTS)));
        assertThat(names()).hasSize(1);
        assertThat(plugins().uninstall(INVENTORY, true)).isInstanceOf(Change.Accepted.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void restartsWhatRunsOrFailed() {
        add(inventory, PluginState.READY, "");
        add(reports, PluginState.FAILED, "It broke.");
        PluginBuilder waiting = plugin("waiting");
        views.put(new PluginId("waiting"), List.of(Views.of(waiting, PluginState.WAITING, "It waits.", false)));

        plugins().restart(INVENTORY);
        plugins().restart(REPORTS);

        assertThat(restarted).containsExactly(INVENTORY, REPORTS);
        assertThat(plugins().restart(new PluginId("waiting")))
                .isEqualTo(new Change.Refused("Plugin 'waiting' does not run, it is WAITING. It waits.", List.of()));
        assertThat(plugins().restart(new PluginId("nobody"))).isInstanceOf(Change.Unknown.class);
    }

    @Test
    void takesNoOrdersBeforeItHasBegun() {
        orders = Optional.empty();
        add(inventory, PluginState.READY, "");

        assertThat(plugins().install("x.jar", jar())).isInstanceOf(Change.Refused.class);
        assertThat(plugins().restart(INVENTORY)).isInstanceOf(Change.Refused.class);
    }

    private final class NotedOrders implements Orders {
        @Override
        public void restart(PluginId plugin) {
            restarted.add(plugin);
        }

        @Override
        public long jarBytesAtMost() {
            return 100_000;
        }

        @Override
        public Inspection check(Path jar, String name) {
            return inspection;
        }
    }

    private SnapshotPlugins plugins() {
        return new SnapshotPlugins(folder, () -> new HostSnapshot(7, views, files), () -> orders, Optional::empty);
    }

    private void add(PluginBuilder builder, PluginState state, String reason, Problem... problems) {
        VersionView view = Views.of(builder, state, reason, true, problems);
        views.computeIfAbsent(view.id(), id -> new ArrayList<>()).add(view);
    }

    private static Artifact artifact(PluginBuilder builder) {
        return new Artifact(
                builder.candidate().digest(), Path.of("store"), builder.manifest(), List.of(), Set.of(), List.of());
    }

    private static InputStream jar() {
        return new ByteArrayInputStream(new byte[] {1, 2, 3});
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
