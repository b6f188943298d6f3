// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.InstallationStore;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.TenantDirectory;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Puts shared data together on the open database, and takes it apart. */
@Component(service = SharedDataParts.class, configurationPid = DataConfig.PID)
public final class SharedDataParts {
    private final PooledDatabase core;
    private final SharedDatabase database;
    private final SharedReaders readers;
    private final SharedSweep sweep;
    private final SharedMeters meters;
    private final SharedWatches watches;
    private final SharedDataStore store;
    private final ThreadPoolExecutor listeners;
    private final ScheduledFuture<?> upkeep;

    /** Begins. */
    @Activate
    public SharedDataParts(
            @Reference OpenDatabase database,
            @Reference TenantDirectory tenants,
            @Reference InstallationStore installations,
            DataConfig config) {
        this(
                database.opened(),
                new WatchRule(tenants, installations::decided),
                DataConfig.Reader.shared(config),
                DataConfig.Reader.streams(config));
    }

    SharedDataParts(PooledDatabase core, WatchRule rule, SharedLimits limits, SharedDataStore.StreamLimits streams) {
        this.core = core;
        database = SharedDatabase.of(core);
        readers = new SharedReaders(core);
        sweep = new SharedSweep(core, limits);
        meters = new SharedMeters(id -> sweep.owners().getOrDefault(id, SharedQuota.Usage.NONE));
        watches = new SharedWatches(database, limits, rule);
        store = new PostgresSharedData(database, limits, streams, readers, watches);
        listeners = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), SharedDataParts::thread);
        upkeep = core.every(limits.sweep(), this::keepUp);
        watches.begin();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "mortise-shared-listener");
        thread.setDaemon(true);
        thread.setContextClassLoader(SharedDataParts.class.getClassLoader());
        return thread;
    }

    SharedDataStore store() {
        return store;
    }

    SharedMeters meters() {
        return meters;
    }

    SharedReaders readers() {
        return readers;
    }

    SharedWatches watches() {
        return watches;
    }

    SharedSweep sweep() {
        return sweep;
    }

    /** Answers threads for what listens; they are made by the thread that watches, so they know no plugin. */
    Executor listeners() {
        return listeners;
    }

    /** Records in the background what manifests declare. */
    void recordReaders() {
        core.pools().execute(readers::recordIfPossible);
    }

    private void keepUp() {
        readers.recordIfPossible();
        sweep.sweep();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters service) {
        meters.use(service);
    }

    void unbindMeters(Meters service) {
        meters.leave(service);
    }

    /** Ends. */
    @Deactivate
    void stop() {
        upkeep.cancel(false);
        watches.close();
        listeners.shutdownNow();
        meters.close();
        database.close();
    }
}
