// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.PluginExecutor;
import dev.mortise.api.call.Tenants;
import dev.mortise.api.config.Credentials;
import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.rules.config.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the platform gives to the one plugin of this process. */
public final class Platform implements AutoCloseable {
    private final PluginManifest manifest;
    private final TenantValues values;
    private final Map<String, String> environment;
    private final JsonFactory mappers;
    private final OwnExecutor executor;

    /** Makes it; nothing is opened before it is used. */
    public Platform(
            PluginManifest manifest, TenantValues values, Map<String, String> environment, JsonFactory mappers) {
        this.manifest = manifest;
        this.values = values;
        this.environment = environment;
        this.mappers = mappers;
        this.executor = new OwnExecutor(manifest.id().value());
    }

    /** Answers what the plugin may reference. */
    public List<Offer<?>> offers() {
        String plugin = manifest.id().value();
        Json json = mappers.strict();
        return List.of(
                Offer.of(Json.class, json),
                Offer.of(CallContexts.class, new BoundContexts(plugin)),
                Offer.of(PluginExecutor.class, executor),
                Offer.of(Tenants.class, new OwnWork(plugin)),
                Offer.of(PluginConfig.class, new GivenConfig(manifest, values, surroundings(json), json)),
                Offer.of(Credentials.class, new GivenCredentials(plugin, values)));
    }

    /** What the process was allowed to see of the environment, its plugin may see. */
    private Surroundings surroundings(Json json) {
        return new Surroundings(name -> Optional.ofNullable(environment.get(name)), text -> read(json, text));
    }

    private static Optional<Object> read(Json json, String text) {
        try {
            return Optional.of(json.read(text, Object.class));
        } catch (MortiseException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
