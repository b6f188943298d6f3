// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.metadata;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.Metadata;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.model.MetadataState;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.port.MetadataReader.Result;
import dev.mortise.kernel.port.MetadataStore;
import dev.mortise.kernel.port.MetadataStore.Change;
import dev.mortise.rules.state.MetadataSteps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps copies of what plugins say of themselves: of each jar once, when it first runs; one that failed at each start. */
public final class MetadataKeeper implements Metadata {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataKeeper.class);

    private final Supplier<HostSnapshot> deployed;
    private final Supplier<Optional<MetadataStore>> stored;
    private final Function<VersionView, Optional<Result>> source;
    private final Map<PluginId, Run> tried = new ConcurrentHashMap<>();

    /** One run of a version. */
    private record Run(Digest digest, Instant since) {
        static Run of(VersionView view) {
            return new Run(view.digest(), view.since());
        }
    }

    /** Reads from the source what plugins say that run; it answers nothing where nobody can be asked in this moment. */
    public MetadataKeeper(
            Supplier<HostSnapshot> deployed,
            Supplier<Optional<MetadataStore>> stored,
            Function<VersionView, Optional<Result>> source) {
        this.deployed = deployed;
        this.stored = stored;
        this.source = source;
    }

    /** Looks at all plugins and reads what is to be read; may wait for the database. */
    public synchronized void look() {
        Optional<MetadataStore> store = stored.get();
        if (store.isEmpty()) {
            return;
        }
        Map<PluginId, PluginMetadata> all = store.get().all();
        List<Change> changes = deployed.get().speakers().stream()
                .flatMap(view -> change(view, Optional.ofNullable(all.get(view.id()))).stream())
                .toList();
        if (!changes.isEmpty()) {
            keep(store.get(), changes);
        }
    }

    private static void keep(MetadataStore store, List<Change> changes) {
        try {
            store.put(changes);
        } catch (MortiseException e) {
            LOG.warn("The metadata of {} plugins is not kept yet: {}", changes.size(), e.getMessage());
        }
    }

    private Optional<Change> change(VersionView view, Optional<PluginMetadata> known) {
        PluginMetadata seen = MetadataSteps.seen(known, view.version(), view.digest());
        if (view.state().serves() && (MetadataSteps.due(seen) || startedAnew(view, seen))) {
            return read(view, seen).or(() -> noticed(view, seen, known));
        }
        return noticed(view, seen, known);
    }

    private static Optional<Change> noticed(VersionView view, PluginMetadata seen, Optional<PluginMetadata> known) {
        return known.filter(seen::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new Change(view.id(), seen, Optional.empty()));
    }

    private boolean startedAnew(VersionView view, PluginMetadata seen) {
        return seen.state() == MetadataState.ERROR && !Run.of(view).equals(tried.get(view.id()));
    }

    private Optional<Change> read(VersionView view, PluginMetadata seen) {
        return source.apply(view).map(result -> read(view, seen, result));
    }

    private Change read(VersionView view, PluginMetadata seen, Result result) {
        tried.put(view.id(), Run.of(view));
        if (result instanceof Result.Good good) {
            return new Change(view.id(), MetadataSteps.fetched(seen), Optional.of(good.json()));
        }
        String why = ((Result.Bad) result).why();
        LOG.warn("plugin={} version={} its metadata can't be used: {}", view.id(), view.version(), why);
        return new Change(view.id(), MetadataSteps.failed(seen, why), Optional.empty());
    }

    @Override
    public Copy find(PluginId plugin) {
        MetadataStore store = store();
        PluginMetadata known = Optional.ofNullable(store.all().get(plugin))
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.PLUGIN_NOT_FOUND, "There is no metadata of a plugin '" + plugin + "'."));
        return new Copy(
                plugin.value(),
                known.version(),
                known.checksum().hex(),
                known.state().text(),
                known.fetchedAt(),
                known.error(),
                store.copy(plugin).map(JsonText::new));
    }

    @Override
    public synchronized Copy refresh(PluginId plugin) {
        VersionView view = deployed.get()
                .speaker(plugin)
                .orElseThrow(
                        () -> new MortiseException(ErrorCode.PLUGIN_NOT_FOUND, "There is no plugin '" + plugin + "'."));
        if (!view.state().serves()) {
            throw new MortiseException(
                    ErrorCode.PLUGIN_NOT_READY,
                    "Plugin '%s' is %s, so it says nothing of itself. Its metadata is read when it runs."
                            .formatted(plugin, view.state()));
        }
        Optional<PluginMetadata> known = Optional.ofNullable(store().all().get(plugin));
        Change change = read(view, MetadataSteps.seen(known, view.version(), view.digest()))
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.PLUGIN_NOT_READY,
                        "No process of plugin '%s' runs, so it says nothing of itself. Its metadata is read when one is started."
                                .formatted(plugin)));
        store().put(List.of(change));
        return find(plugin);
    }

    private MetadataStore store() {
        return stored.get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE, "The database is not there yet. Try again."));
    }
}
