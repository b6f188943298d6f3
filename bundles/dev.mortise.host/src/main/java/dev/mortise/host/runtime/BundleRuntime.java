// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.deploy.PluginRuntime;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.services.PluginBundles;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.PluginServices;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.SynchronousBundleListener;

/** Runs plugin versions as bundles, each on threads of its own. */
public final class BundleRuntime implements PluginRuntime, AutoCloseable {
    private static final String CONTRIBUTIONS =
            "(|(objectClass=dev.mortise.api.*)(objectClass=org.apache.felix.hc.api.HealthCheck))";

    private final RuntimePorts ports;
    private final RuntimeLimits limits;
    private final FrameworkBundles bundles;
    private final HealthRounds rounds;
    private final Set<BundleRun> runs = ConcurrentHashMap.newKeySet();
    private final Map<PluginId, AtomicInteger> threadNumbers = new ConcurrentHashMap<>();
    private final ServiceListener services = this::changed;
    private final SynchronousBundleListener stops = this::stopped;

    /** Makes a runtime; bundles that an earlier run of the framework left are removed. */
    public BundleRuntime(RuntimePorts ports, RuntimeLimits limits) {
        this.ports = ports;
        this.limits = limits;
        this.bundles = new FrameworkBundles(ports.host());
        this.rounds = new HealthRounds(ports.timer(), limits.health());
    }

    /** Removes what an earlier run left, and begins to listen to what plugins do. */
    public void open() {
        bundles.removeRemains();
        try {
            ports.host().addServiceListener(services, CONTRIBUTIONS);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        ports.host().addBundleListener(stops);
    }

    @Override
    public Running start(Artifact artifact, Reach reach, Consumer<RunReport> reports) {
        AtomicInteger numbers = threadNumbers.computeIfAbsent(artifact.id(), id -> new AtomicInteger());
        BundleRun run = new BundleRun(
                artifact,
                reach,
                ports,
                limits,
                bundles,
                new PluginThreads(artifact.id().value(), numbers),
                reports,
                rounds);
        runs.add(run);
        var unused = run.over().whenComplete((nothing, failure) -> runs.remove(run));
        run.begin();
        return run;
    }

    /** Gives what a supplier offers to the plugins that run. */
    public void supplierCame(PluginServices supplier) {
        runs.forEach(run -> run.change(services -> services.add(supplier)));
    }

    /** Takes what a supplier offered from the plugins that run. */
    public void supplierWent(PluginServices supplier) {
        runs.forEach(run -> run.change(services -> services.remove(supplier)));
    }

    /** Listens no longer; what still runs is left to whoever stops it. */
    @Override
    public void close() {
        rounds.close();
        ports.host().removeServiceListener(services);
        ports.host().removeBundleListener(stops);
    }

    /** Runs on whatever thread registers a service: it only leaves a note. */
    private void changed(ServiceEvent event) {
        Bundle owner = event.getServiceReference().getBundle();
        if (owner != null && PluginBundles.isPlugin(owner)) {
            runs.stream().filter(run -> run.runs(owner)).forEach(BundleRun::lookSoon);
        }
    }

    /** Runs on whatever thread stops a bundle: it only leaves a note. */
    private void stopped(BundleEvent event) {
        boolean ofPlugin = event.getType() == BundleEvent.STOPPING && PluginBundles.isPlugin(event.getBundle());
        if (ofPlugin) {
            runs.stream().filter(run -> run.runs(event.getBundle())).forEach(BundleRun::isBeingStopped);
        }
    }
}
