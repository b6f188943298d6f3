// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.PluginExecutor;
import dev.mortise.api.call.Tenants;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantPlugins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** What the host itself supplies to one plugin version: its executor, its contexts, its tenants. */
public record HostOffers(ThreadFactory threads, Supplier<Optional<TenantDirectory>> directory, TenantPlugins installed)
        implements PluginServices {
    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        String plugin = scope.manifest().id().value();
        BoundedExecutor executor = new BoundedExecutor(plugin, threads);
        return List.of(
                new Offer<>(PluginExecutor.class, executor, Map.of(), executor::close),
                Offer.of(CallContexts.class, new ThreadContexts(plugin)),
                Offer.of(Tenants.class, new DirectoryTenants(scope.manifest().id(), directory, installed)));
    }
}
