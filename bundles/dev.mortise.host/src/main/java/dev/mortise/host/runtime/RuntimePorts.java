// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.leak.LeakWatch;
import dev.mortise.host.tenancy.Tenancy;
import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.port.PluginDatabase;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.TenantDirectory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * What the runtime of plugins needs.
 *
 * @param host the context of the host's bundle
 * @param bytes is asked before each start
 * @param leaks is told of each version that is gone; owned by the caller
 * @param timer watches deadlines; owned by the caller
 */
public record RuntimePorts(
        BundleContext host,
        ServiceComponentRuntime components,
        Platform platform,
        ArtifactBytes bytes,
        LeakWatch leaks,
        ScheduledExecutorService timer) {
    /** What other bundles of the platform give, as it comes and goes. */
    public record Platform(
            Supplier<Optional<PluginDatabase>> database,
            Supplier<Optional<TenantDirectory>> tenants,
            Supplier<List<PluginServices>> suppliers,
            Supplier<Optional<PluginApis>> apis,
            Tenancy tenancy) {}
}
