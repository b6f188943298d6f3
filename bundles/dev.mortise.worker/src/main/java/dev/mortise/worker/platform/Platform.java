// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.PluginExecutor;
import dev.mortise.api.call.Tenants;
import dev.mortise.api.config.Credentials;
import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.shared.SharedData;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.GivenDatabases;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.shared.TenantSharedData;
import dev.mortise.rules.config.Surroundings;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.core.ListenerLane;
import dev.mortise.worker.core.RemoteServices;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import java.util.ArrayList;
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
    private final Background background;
    private final ListenerLane listeners = new ListenerLane();
    private final Optional<Offer<?>> database;

    /**
     * Makes it; nothing is opened before it is used.
     *
     * @param given what the process was given; with a database there is a DataSource
     */
    public Platform(
            PluginManifest manifest,
            Given given,
            TenantValues values,
            Map<String, String> environment,
            JsonFactory mappers) {
        this.manifest = manifest;
        this.values = values;
        this.environment = environment;
        this.mappers = mappers;
        this.executor = new OwnExecutor(manifest.id().value());
        this.background = new Background();
        this.database = given.now().database().map(first -> ClassPath.find(GivenDatabases.class)
                .dataSource(manifest.id(), () -> given.now().database().orElse(first)));
    }

    /**
     * Answers what the plugin may reference.
     *
     * @param core leads to other plugins
     * @param shared keeps shared data
     */
    public List<Offer<?>> offers(CoreClient core, SharedDataStore shared) {
        String plugin = manifest.id().value();
        Json json = mappers.strict();
        Json lenient = mappers.lenient();
        List<Offer<?>> offers = new ArrayList<>(List.of(
                Offer.of(Json.class, json),
                Offer.of(CallContexts.class, new BoundContexts(plugin)),
                Offer.of(PluginExecutor.class, executor),
                Offer.of(Tenants.class, new OwnWork(plugin)),
                Offer.of(PluginConfig.class, new GivenConfig(manifest, values, surroundings(json), json)),
                Offer.of(Credentials.class, new GivenCredentials(plugin, values)),
                Offer.of(ServiceClient.class, new RemoteServices(manifest, core, lenient, background)),
                Offer.of(SharedData.class, new TenantSharedData(plugin, shared, () -> lenient, listeners))));
        database.ifPresent(offers::add);
        return offers;
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
        listeners.close();
        background.close();
        executor.close();
        database.ifPresent(offer -> offer.close().run());
    }
}
