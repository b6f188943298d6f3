// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.kernel.call.TypedCalls;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The service client of one plugin version: it knows what that version declares, and maps in a mapper of its own. */
final class PluginClient implements ServiceClient {
    private final PluginServices.Scope scope;
    private final Optional<String> plugin;
    private final Needs needs;
    private final Carriers carriers;
    private final JsonFactory mappers;
    private final Map<String, ServiceHandle> handles = new ConcurrentHashMap<>();
    private final Stay stay = new Stay();
    private volatile @Nullable Json json;

    /** What carries the calls of all plugins. */
    record Carriers(
            SnapshotRouting routing,
            ServiceResolver resolver,
            ServiceCalls calls,
            BackgroundCalls background,
            Recorder recorder,
            Installed installed) {}

    PluginClient(PluginServices.Scope scope, Carriers carriers, JsonFactory mappers) {
        this.scope = scope;
        this.plugin = Optional.of(scope.manifest().id().value());
        this.needs = Needs.of(scope.manifest());
        this.carriers = carriers;
        this.mappers = mappers;
    }

    @Override
    public ServiceHandle service(String name) {
        Optional<Needs.Need> need = needs.find(name);
        // Names that are not declared come in any number, so their handles are not kept.
        return need.isPresent()
                ? handles.computeIfAbsent(name, declared -> new ClientHandle(this, name, need, carriers))
                : new ClientHandle(this, name, need, carriers);
    }

    @Override
    public <T> T as(Class<T> type) {
        return TypedCalls.of(type, this::service, this::json);
    }

    /** Lets go of the mapper, which knows classes of the plugin. */
    void close() {
        json = null;
    }

    /** Answers the plugin's mapper; made for the first answer that is mapped. */
    Json json() {
        Json known = json;
        if (known == null) {
            known = mappers.lenient();
            json = known;
        }
        return known;
    }

    /** Answers the plugin as it runs on this thread. */
    Owner owner() {
        ClassLoader loader = Objects.requireNonNullElseGet(
                Thread.currentThread().getContextClassLoader(), ClassLoader::getPlatformClassLoader);
        return new Owner(plugin, loader, stay, OwnerMeters.NONE);
    }

    String id() {
        return plugin.orElseThrow();
    }

    /** Answers where a need leads after these tries, by what this plugin version sees now. */
    Resolution resolve(Needs.Need need, String tenant, Tries tries) {
        PluginId id = scope.manifest().id();
        Views views = carriers.routing().views();
        ServiceMount kept = views.kept(id, scope.digest(), need);
        return kept != null && !tries.had(kept)
                ? kept
                : carriers.resolver().resolve(views.seenBy(id, scope.digest()), need, tenant, tries);
    }

    /** Answers all that a need may lead to, by what this plugin version sees now. */
    Instances instances(Needs.Need need) {
        Views views = carriers.routing().views();
        return carriers.resolver().instances(views.seenBy(scope.manifest().id(), scope.digest()), need);
    }
}
