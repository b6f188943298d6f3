// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.FileView;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.testkit.PluginBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotPluginsTest {
    private static final PluginId INVENTORY = new PluginId("inventory");
    private static final PluginId REPORTS = new PluginId("reports");

    @TempDir
    Path folder;

    private final Map<PluginId, List<VersionView>> views = new LinkedHashMap<>();
    private final List<FileView> files = new ArrayList<>();
    private final NotedOrders taker = new NotedOrders();
    private Optional<Orders> orders = Optional.of(taker);
    private final Supplier<HostSnapshot> now = () -> new HostSnapshot(7, views, files);

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
        assertThat(detail.leak()).hasValue(new PluginDetail.LeakEntry("leaked", List.of("thread 'poller'")));
        var needs = plugins().find(REPORTS).orElseThrow().dependencies();
        assertThat(needs.get(0).satisfied()).isFalse();
        assertThat(plugins().graph().edges()).singleElement().matches(edge -> !edge.satisfied());
    }

    @Test
    void takesAJarIn() {
        taker.inspection = new Inspection.Admitted(artifact(inventory));

        assertThat(plugins().install(upload()))
                .isEqualTo(
                        new Change.Accepted("d1", "inventory 1.0.0 is taken. 'plugin inventory' shows how it goes."));
        assertThat(taker.asked).containsExactly("install inventory 1.0.0 by API as of 7");
    }

    @Test
    void doesNotTakeAJarThatIsNone() {
        assertThat(plugins().install(upload())).isInstanceOfSatisfying(Change.NotTaken.class, refused -> {
            assertThat(refused.message()).isEqualTo("x.jar is no bundle.");
            assertThat(refused.problems()).singleElement().matches(item -> item.code()
                    .equals("INTAKE"));
        });
        assertThat(taker.asked).isEmpty();
    }

    @Test
    void saysWhyAnOrderIsRefused() {
        taker.inspection = new Inspection.Admitted(artifact(inventory));
        taker.answer = new Answer.Refused(
                "It would break reports.", List.of(new Problem.StartProblem("It would.", "Don't.")), List.of(), 12);

        assertThat(plugins().install(upload())).isInstanceOfSatisfying(Change.Refused.class, refused -> {
            assertThat(refused.message()).isEqualTo("It would break reports.");
            assertThat(refused.generation()).isEqualTo(12);
            assertThat(refused.problems()).singleElement().matches(item -> item.remedy()
                    .equals("Don't."));
        });
    }

    @Test
    void takesNoOrderThatCantBeRecorded() {
        taker.inspection = new Inspection.Admitted(artifact(inventory));
        taker.answer = new Answer.Taken(
                "d1",
                CompletableFuture.failedFuture(
                        new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is away.")),
                () -> taker.asked.add("undo"));

        assertThat(plugins().install(upload()))
                .isInstanceOfSatisfying(Change.Unavailable.class, unavailable -> assertThat(unavailable.message())
                        .contains("The database is away."));
    }

    @Test
    void removesTheFilesOfWhatIsRemovedAndOfNothingElse() throws IOException {
        Files.writeString(folder.resolve("inventory.jar"), "");
        add(inventory, PluginState.READY, "");
        Answer taken = taker.answer;
        taker.answer = new Answer.Refused("Others need it.", List.of(), List.of(REPORTS), 7);

        assertThat(plugins().uninstall(INVENTORY, false, Trigger.API))
                .isEqualTo(new Change.Refused("Others need it.", List.of(REPORTS), List.of(), 7));
        assertThat(folder).isNotEmptyDirectory();
        taker.answer = taken;
        assertThat(plugins().uninstall(INVENTORY, true, Trigger.API)).isInstanceOf(Change.Accepted.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesAnOrderBackWhoseFilesStay() throws IOException {
        Files.createDirectories(folder.resolve("inventory.jar/full"));
        add(inventory, PluginState.READY, "");
        taker.answer = new Answer.Taken("d1", CompletableFuture.completedFuture(8L), () -> taker.asked.add("undo"));

        assertThat(plugins().uninstall(INVENTORY, false, Trigger.API)).isInstanceOf(Change.Refused.class);
        assertThat(taker.asked).containsExactly("uninstall inventory by API", "undo");
    }

    @Test
    void restartsWhatRunsOrFailed() {
        add(inventory, PluginState.READY, "");
        add(reports, PluginState.FAILED, "It broke.");
        PluginId hanging = new PluginId("hanging");
        views.put(hanging, List.of(Views.of(plugin("hanging"), PluginState.STARTING, "", false)));
        PluginBuilder waiting = plugin("waiting");
        views.put(new PluginId("waiting"), List.of(Views.of(waiting, PluginState.WAITING, "It waits.", false)));

        plugins().restart(INVENTORY, Trigger.SHELL);
        plugins().restart(REPORTS, Trigger.SHELL);
        plugins().restart(hanging, Trigger.SHELL);

        assertThat(taker.asked).allMatch(order -> order.startsWith("restart ")).hasSize(3);
        assertThat(plugins().restart(new PluginId("waiting"), Trigger.SHELL))
                .isEqualTo(new Change.Refused(
                        "Plugin 'waiting' does not run, it is WAITING. It waits.", List.of(), List.of(), 7));
        assertThat(plugins().restart(new PluginId("nobody"), Trigger.SHELL)).isInstanceOf(Change.Unknown.class);
    }

    @Test
    void takesNoOrdersBeforeItHasBegun() {
        orders = Optional.empty();
        add(inventory, PluginState.READY, "");

        assertThat(plugins().install(upload())).isInstanceOf(Change.Unavailable.class);
        assertThat(plugins().restart(INVENTORY, Trigger.API)).isInstanceOf(Change.Unavailable.class);
    }

    @Test
    void judgesVersionsAndRangesAsNpmDoes() {
        assertThat(plugins().satisfies("1.5.0", "^1.2.0")).isTrue();
        assertThat(plugins().satisfies("2.0.0-rc.1", ">=1.0.0")).isFalse();
        assertThatThrownBy(() -> plugins().satisfies("1.0", "^1.0.0"))
                .hasMessageContaining("'1.0' is no semantic version");
        assertThatThrownBy(() -> plugins().satisfies("1.0.0", "^^1")).isInstanceOf(MortiseException.class);
    }

    private SnapshotPlugins plugins() {
        return new SnapshotPlugins(folder, now, () -> orders, Optional::empty, Optional::empty);
    }

    private void add(PluginBuilder builder, PluginState state, String reason, Problem... problems) {
        VersionView view = Views.of(builder, state, reason, true, problems);
        views.computeIfAbsent(view.id(), id -> new ArrayList<>()).add(view);
    }

    private static Artifact artifact(PluginBuilder builder) {
        return new Artifact(
                builder.candidate().digest(), Path.of("store"), builder.manifest(), List.of(), Set.of(), List.of());
    }

    private static Upload upload() {
        return new Upload("x.jar", new ByteArrayInputStream(new byte[] {1, 2, 3}), false, Trigger.API);
    }
}
