// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.deploy.PluginRuntime;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs plugin versions as processes of their own on this machine. */
public final class WorkerRuntime implements PluginRuntime {
    private final WorkerPorts ports;
    private final RuntimeLimits limits;
    private final Map<PluginId, AtomicInteger> threadNumbers = new ConcurrentHashMap<>();

    /** Makes a runtime; processes of an earlier container are the matter of whoever starts them. */
    public WorkerRuntime(WorkerPorts ports, RuntimeLimits limits) {
        this.ports = ports;
        this.limits = limits;
    }

    @Override
    public Running start(Artifact artifact, Reach reach, Consumer<RunReport> reports) {
        AtomicInteger numbers = threadNumbers.computeIfAbsent(artifact.id(), id -> new AtomicInteger());
        PluginThreads threads = new PluginThreads("worker-" + artifact.id().value(), numbers);
        WorkerRun run = new WorkerRun(artifact, reach, ports, limits, threads, reports);
        run.begin();
        return run;
    }
}
