// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.kernel.call.TypedCalls;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginManifest;
import java.util.concurrent.Executor;

/** The services of other plugins, called through the gateway of the core. */
public final class RemoteServices implements ServiceClient {
    private final PluginManifest manifest;
    private final CoreClient core;
    private final Json json;
    private final Executor background;

    /**
     * Makes the client of a plugin.
     *
     * @param json ignores what it does not know, because others move on
     * @param background carries the context of whoever gives it a task
     */
    public RemoteServices(PluginManifest manifest, CoreClient core, Json json, Executor background) {
        this.manifest = manifest;
        this.core = core;
        this.json = json;
        this.background = background;
    }

    @Override
    public ServiceHandle service(String name) {
        String range = manifest.dependencies().stream()
                .filter(dependency -> dependency.service().value().equals(name))
                .map((Dependency dependency) -> dependency.range().text())
                .findFirst()
                .orElse("*");
        return new RemoteHandle(manifest.id().value(), name, range, core, json, background);
    }

    @Override
    public <T> T as(Class<T> type) {
        return TypedCalls.of(type, this::service, () -> json);
    }
}
