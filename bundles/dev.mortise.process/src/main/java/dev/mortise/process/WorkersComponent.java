// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.HopTokens;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.LinePrograms;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses;
import dev.mortise.kernel.port.WorkerRecords;
import dev.mortise.process.hop.LoopbackPeers;
import dev.mortise.process.worker.WorkerMeters;
import dev.mortise.process.worker.WorkerSettings;
import dev.mortise.process.worker.Workers;
import dev.mortise.process.worker.WorkersMaker;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Runs plugins in processes of their own. Until the first fleet it has no thread and no file; a change of the configuration counts
 * for what is started from then on, and ends nothing.
 */
@Component(
        service = {WorkerProcesses.class, LinePrograms.class, HealthSource.class},
        configurationPid = {WorkersConfig.PID, WorkersConfig.PLUGINS_PID, ProcessConfig.HTTP_PID})
public final class WorkersComponent implements WorkerProcesses, LinePrograms, HealthSource {
    private final WorkerMeters meters = new WorkerMeters();
    private final Workers workers;
    private volatile WorkerSettings settings;
    private volatile @Nullable WorkerRecords records;

    /** Made by DS. */
    @Activate
    public WorkersComponent(
            WorkersConfig config,
            Map<String, Object> all,
            @Reference RemoteCalls calls,
            @Reference LoopbackPeers peers,
            @Reference HopTokens tokens,
            @Reference JsonFactory json) {
        settings = new WorkerSettingsReader(config, all).read();
        workers = new WorkersMaker(calls, peers, tokens, json)
                .make(() -> settings, () -> records, new NodeName(config.mortise_home()), meters);
        workers.users().settleIfOrdered();
    }

    @Modified
    void modified(WorkersConfig config, Map<String, Object> all) {
        settings = new WorkerSettingsReader(config, all).read();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRecords(WorkerRecords store) {
        records = store;
        workers.recorded();
    }

    void unbindRecords(WorkerRecords store) {
        if (records == store) {
            records = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters source) {
        meters.use(source);
    }

    void unbindMeters(Meters source) {
        meters.leave(source);
    }

    @Deactivate
    void deactivate() {
        workers.close();
    }

    @Override
    public Line check() {
        return new UsersLine(workers.users()).line();
    }

    @Override
    public WorkerFleet fleet(WorkerProcesses.Order order, Supplies supplies, Runnable changed) {
        return workers.fleet(order, supplies, changed);
    }

    @Override
    public List<WorkerFleet.Worker> workers() {
        return workers.workers();
    }

    @Override
    public Program start(LinePrograms.Order order, Listener listener) {
        return workers.programs().start(order, listener);
    }
}
