// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.admin.PluginList;
import dev.mortise.kernel.admin.PluginSummary;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.PluginDatabase;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers from the newest snapshot, and passes orders on. */
public final class SnapshotPlugins implements Plugins {
    private final Supplier<HostSnapshot> snapshots;
    private final Supplier<Optional<Orders>> orders;
    private final Supplier<Optional<PluginDatabase>> database;
    private final PluginFolder folder;

    /** Makes the answers of a host whose plugins lie in this folder. */
    public SnapshotPlugins(
            Path folder,
            Supplier<HostSnapshot> snapshots,
            Supplier<Optional<Orders>> orders,
            Supplier<Optional<PluginDatabase>> database) {
        this.folder = new PluginFolder(folder);
        this.snapshots = snapshots;
        this.orders = orders;
        this.database = database;
    }

    @Override
    public PluginList list() {
        HostSnapshot now = snapshots.get();
        List<PluginSummary> plugins = now.speakers().stream()
                .map(view -> Details.summary(view, now.plugins().getOrDefault(view.id(), List.of())))
                .toList();
        List<PluginList.FileEntry> files = now.files().stream()
                .map(file ->
                        new PluginList.FileEntry(file.path().toString(), file.state(), file.reason(), file.since()))
                .toList();
        return new PluginList(now.generation(), plugins.size(), plugins, files);
    }

    @Override
    public Optional<PluginDetail> find(PluginId id) {
        return new Details(snapshots.get(), this::schemaOf).of(id);
    }

    @Override
    public Optional<Why> why(PluginId id) {
        return new Explanation(snapshots.get()).of(id);
    }

    @Override
    public PluginGraph graph() {
        return new Relations(snapshots.get()).graph();
    }

    @Override
    public Change install(String fileName, InputStream jar) {
        return orders.get()
                .map(taker -> folder.put(fileName, jar, taker, snapshots.get()))
                .orElseGet(SnapshotPlugins::tooEarly);
    }

    @Override
    public Change uninstall(PluginId id, boolean force) {
        HostSnapshot now = snapshots.get();
        if (now.speaker(id).isEmpty()) {
            return unknown(id);
        }
        List<PluginId> blockers = new Relations(now).dependents(id);
        if (!blockers.isEmpty() && !force) {
            return new Change.Refused(
                    "Plugin '%s' is needed by %s. Remove them first, or force it: they wait until it is back."
                            .formatted(id, Relations.words(blockers)),
                    blockers);
        }
        return folder.remove(id, now, blockers);
    }

    @Override
    public Change restart(PluginId id) {
        Optional<VersionView> view = snapshots.get().speaker(id);
        if (view.isEmpty()) {
            return unknown(id);
        }
        PluginState state = view.get().state();
        boolean can = view.get().current() || state == PluginState.FAILED || state == PluginState.QUARANTINED;
        if (!can) {
            return new Change.Refused(
                    "Plugin '%s' does not run, it is %s. %s"
                            .formatted(id, state, view.get().reason()),
                    List.of());
        }
        return orders.get()
                .<Change>map(taker -> {
                    taker.restart(id);
                    return new Change.Accepted("Plugin '" + id + "' is being restarted.");
                })
                .orElseGet(SnapshotPlugins::tooEarly);
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    @Override
    public List<PluginId> dependents(PluginId id) {
        return new Relations(snapshots.get()).dependents(id);
    }

    private Optional<Long> schemaOf(PluginId id) {
        return database.get().stream()
                .flatMap(present -> present.history(id).stream())
                .map(PluginDatabase.Applied::version)
                .max(Long::compare);
    }

    private static Change unknown(PluginId id) {
        return new Change.Unknown(id, "There is no plugin '" + id + "' here.");
    }

    private static Change tooEarly() {
        return new Change.Refused("Mortise is starting or stopping. Try again in a moment.", List.of());
    }
}
