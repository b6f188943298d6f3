// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.host.config.LastGood.Seen;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.Secrets;
import dev.mortise.kernel.port.Secrets.Owner;
import dev.mortise.kernel.port.SettingsStore;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.rules.config.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where settings come from; stores and keys may come and go.
 *
 * @param limit of what a tenant gives to a plugin
 */
public record ConfigSources(
        Supplier<Optional<SettingsStore>> stored,
        Supplier<Optional<OAuthStore>> granted,
        Supplier<Optional<Secrets>> keys,
        Json json,
        OperatorFiles files,
        SettingsLimit limit) {
    SettingsStore store() {
        return stored.get().orElseThrow(ConfigSources::noDatabase);
    }

    /** Answers who keeps tokens. */
    public OAuthStore grants() {
        return granted.get().orElseThrow(ConfigSources::noDatabase);
    }

    /** A version of a plugin is about to run: what was kept of the plugin before may have been purged since. */
    void forget(PluginId plugin) {
        stored.get().ifPresent(store -> store.forget(plugin));
        granted.get().ifPresent(grants -> grants.forget(plugin));
    }

    private static MortiseException noDatabase() {
        return new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is not there yet. Try again.");
    }

    Surroundings around(PluginId plugin) {
        return new Surroundings(name -> files.variable(plugin, name), this::read);
    }

    /** Answers what {@code etc/plugins/<id>.json} says. */
    Seen<Map<?, ?>> file(PluginId plugin) {
        return files.values(plugin, json);
    }

    /** Reads a JSON text; nothing when it is none. */
    public Optional<Object> read(String text) {
        try {
            return Optional.of(json.read(text, Object.class));
        } catch (MortiseException e) {
            return Optional.empty();
        }
    }

    String write(Object value) {
        try {
            return json.write(value).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seals a value for a field, or for a name that no field has. */
    public String seal(Place place, String field, Object value) {
        return secrets(place, field).seal(owner(place, field), write(value));
    }

    /** Opens what was sealed for the same place and name. */
    public Object open(Place place, String field, String envelope) {
        return json.read(secrets(place, field).open(owner(place, field), envelope), Object.class);
    }

    private Secrets secrets(Place place, String field) {
        return keys.get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "'%s' of plugin '%s' is a secret, and nobody keeps secrets here. Run an edition with security."
                                .formatted(field, place.plugin())));
    }

    private static Owner owner(Place place, String field) {
        return new Owner(place.tenant(), place.plugin(), field);
    }
}
