// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.config.LastGood.Seen;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Missing;
import dev.mortise.rules.config.Effective.Unusable;
import dev.mortise.rules.config.Variables;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Finds the value of a field that holds. */
record ConfigReader(ConfigSources sources, PluginId plugin, ConfigSchema schema) {
    /** Answers the value of a tenant; secrets are opened. */
    Effective ofTenant(TenantId tenant, ConfigField field) {
        Place place = new Place(tenant, plugin);
        return Effective.of(field, given(place, field), sources.around(plugin));
    }

    private Optional<Object> given(Place place, ConfigField field) {
        Settings remembered = sources.store().find(place.tenant(), plugin);
        try {
            return given(place, field, remembered);
        } catch (MortiseException closed) {
            // another node sealed it anew, and the key that is remembered with it was dropped
            Settings now = sources.store().read(place).settings();
            if (now.equals(remembered)) {
                throw closed;
            }
            sources.store().forget(plugin);
            return given(place, field, now);
        }
    }

    private Optional<Object> given(Place place, ConfigField field, Settings settings) {
        Declared declared = new Declared(schema);
        return declared.envelope(settings, field)
                .map(envelope -> sources.open(place, field.name(), envelope))
                .or(() -> declared.plain(settings, field));
    }

    /** Answers the value of the container. */
    Effective ofContainer(ConfigField field) {
        Optional<String> text = sources.files().override(plugin, field.name());
        if (text.isPresent()) {
            return Variables.read(field, text.get(), sources::read)
                    .map(value -> Effective.of(field, Optional.of(value), sources.around(plugin)))
                    .orElseGet(() -> new Unusable("The environment variable that sets '%s' of plugin '%s' is not %s."
                            .formatted(field.name(), plugin, field.type().words())));
        }
        try {
            return ofFile(field, sources.file(plugin));
        } catch (UncheckedIOException e) {
            return new Unusable(String.valueOf(e.getMessage()));
        }
    }

    /** Nobody knows what a file that never was good says of a field that has no other value. */
    private Effective ofFile(ConfigField field, Seen<Map<?, ?>> file) {
        Optional<Object> given = file.good().flatMap(all -> Optional.ofNullable(all.get(field.name())));
        Effective effective = Effective.of(field, given, sources.around(plugin));
        return effective instanceof Missing && file.good().isEmpty()
                ? new Unusable("etc/plugins/" + plugin + ".json: " + FileCheck.trouble(file))
                : effective;
    }
}
