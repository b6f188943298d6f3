// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.deploy.OperatorOrders;
import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.host.leak.LeakVerdict;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.admin.PluginList;
import dev.mortise.kernel.admin.PluginSummary;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.kernel.port.MetadataStore;
import dev.mortise.kernel.port.PluginDatabase;
import dev.mortise.rules.semver.SemverRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers from the newest snapshot, and passes orders on. */
public final class SnapshotPlugins implements Plugins {
    private final Supplier<HostSnapshot> snapshots;
    private final Supplier<Optional<Orders>> orders;
    private final Supplier<Optional<PluginDatabase>> database;
    private final Supplier<Optional<MetadataStore>> metadata;
    private final PluginFolder folder;

    /** Makes the answers of a host whose plugins lie in this folder. */
    public SnapshotPlugins(
            Path folder,
            Supplier<HostSnapshot> snapshots,
            Supplier<Optional<Orders>> orders,
            Supplier<Optional<PluginDatabase>> database,
            Supplier<Optional<MetadataStore>> metadata) {
        this.folder = new PluginFolder(folder);
        this.snapshots = snapshots;
        this.orders = orders;
        this.database = database;
        this.metadata = metadata;
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
        return new Details(snapshots.get(), this::schemaOf, this::leakOf, this::metadataOf).of(id);
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
    public Change install(Upload upload) {
        return orders.get()
                .map(taker -> new JarOrders(taker, ordering(taker), new SchemaBarrier(database)).install(upload))
                .orElseGet(Ordering::tooEarly);
    }

    @Override
    public Preview plan(Upload upload) {
        return orders.get()
                .map(taker -> new JarOrders(taker, ordering(taker), new SchemaBarrier(database)).plan(upload))
                .orElseGet(() -> new Preview.Unavailable(Ordering.tooEarly().message()));
    }

    @Override
    public Preview validate(String manifest) {
        return orders.get()
                .map(taker -> new JarOrders(taker, ordering(taker), new SchemaBarrier(database)).validate(manifest))
                .orElseGet(() -> new Preview.Unavailable(Ordering.tooEarly().message()));
    }

    @Override
    public Change rollback(PluginId id, Optional<Version> version) {
        return orders.get()
                .map(taker -> new RollbackOrders(taker, ordering(taker), database).rollback(id, version))
                .orElseGet(Ordering::tooEarly);
    }

    @Override
    public Change uninstall(PluginId id, boolean force, Trigger trigger) {
        HostSnapshot now = snapshots.get();
        if (now.speaker(id).isEmpty()) {
            return unknown(id);
        }
        List<PluginId> waiting = new Relations(now).dependents(id);
        String message = "Plugin '" + id + "' is being removed. " + BelongingOrders.stays(id)
                + (waiting.isEmpty() ? "" : " Until it is back there wait: " + Relations.words(waiting) + ".");
        return orders.get()
                .map(taker -> ordering(taker).carry(desk -> remove(desk, id, force, trigger), message))
                .orElseGet(Ordering::tooEarly);
    }

    /**
     * Removes the files too, after the order is taken and before it can be recorded: a container that is killed between the
     * two finds them gone.
     */
    private Answer remove(OperatorOrders desk, PluginId id, boolean force, Trigger trigger) {
        Answer answer = desk.uninstall(id, force, trigger);
        if (answer instanceof Answer.Taken taken) {
            try {
                folder.remove(id, snapshots.get());
            } catch (IOException e) {
                taken.undo().run();
                return new Answer.Refused(
                        "Plugin '" + id + "' was not removed: " + e + ".",
                        List.of(),
                        List.of(),
                        snapshots.get().generation());
            }
        }
        return answer;
    }

    @Override
    public Change restart(PluginId id, Trigger trigger) {
        Optional<VersionView> view = snapshots.get().speaker(id);
        if (view.isEmpty()) {
            return unknown(id);
        }
        PluginState state = view.get().state();
        boolean can =
                snapshots.get().plugins().getOrDefault(id, List.of()).stream().anyMatch(SnapshotPlugins::canRestart);
        return orders.get()
                .map(taker -> can
                        ? ordering(taker)
                                .carry(desk -> desk.restart(id, trigger), "Plugin '" + id + "' is being restarted.")
                        : ordering(taker)
                                .refused(
                                        "Plugin '%s' does not run, it is %s. %s"
                                                .formatted(id, state, view.get().reason()),
                                        List.of()))
                .orElseGet(Ordering::tooEarly);
    }

    @Override
    public Change move(PluginId id, String location, Trigger trigger) {
        if (snapshots.get().speaker(id).isEmpty()) {
            return unknown(id);
        }
        if (!location.equals(RuntimeDeclaration.BUNDLE) && !location.equals(RuntimeDeclaration.WORKER)) {
            throw new MortiseException(
                    ErrorCode.VALIDATION_FAILED,
                    "A plugin is moved to 'bundle' or 'worker', not to '" + location + "'.");
        }
        String message = "Plugin '%s' is being moved to '%s'.".formatted(id, location);
        return orders.get()
                .map(taker -> ordering(taker).carry(desk -> desk.move(id, location, trigger), message))
                .orElseGet(Ordering::tooEarly);
    }

    private static boolean canRestart(VersionView view) {
        return view.current()
                || switch (view.state()) {
                    case MIGRATING, STARTING, FAILED, QUARANTINED -> true;
                    default -> false;
                };
    }

    @Override
    public boolean satisfies(String version, String range) {
        if (!Version.valid(version)) {
            throw new MortiseException(
                    ErrorCode.VALIDATION_FAILED,
                    "'" + version + "' is no semantic version such as 1.2.3 or 2.0.0-rc.1.");
        }
        SemverRange.Reading reading = SemverRange.read(new VersionRange(range));
        if (reading instanceof SemverRange.Reading.Good good) {
            return good.range().admits(new Version(version));
        }
        throw new MortiseException(ErrorCode.VALIDATION_FAILED, ((SemverRange.Reading.Malformed) reading).message());
    }

    private Ordering ordering(Orders taker) {
        return new Ordering(taker, snapshots);
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

    private Optional<PluginMetadata> metadataOf(PluginId id) {
        return metadata.get().flatMap(store -> Optional.ofNullable(store.all().get(id)));
    }

    private Optional<LeakVerdict> leakOf(PluginId id) {
        return orders.get().flatMap(taker -> taker.leak(id));
    }

    static Change unknown(PluginId id) {
        return new Change.Unknown(id, "There is no plugin '" + id + "' here.");
    }
}
