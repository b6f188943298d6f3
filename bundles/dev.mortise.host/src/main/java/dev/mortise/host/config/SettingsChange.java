// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.rules.config.Sent.Taken;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes new settings of those that are kept and those that were sent and found good. */
record SettingsChange(ConfigSources sources, Place place, ConfigSchema schema, Settings before) {
    /** Puts settings in place; credentials change where there are some among them. */
    Settings settings(Taken sent) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> secrets = new HashMap<>();
        Map<String, Object> credentials = new LinkedHashMap<>();
        for (ConfigField field : schema.fields()) {
            Object value = sent.values().get(field.name());
            if (schema.credential(field) && value != null) {
                credentials.put(field.name(), value);
            } else if (value != null && schema.secret(field)) {
                secrets.put(field.name(), sources.seal(place, field.name(), value));
            } else if (value != null) {
                values.put(field.name(), value);
            } else if (sent.kept().contains(field.name()) && !schema.credential(field)) {
                secrets.put(field.name(), kept(field));
            }
        }
        return new Settings(values, secrets, credentials.isEmpty() ? before.auth() : auth(credentials));
    }

    /** The method is that of the credentials which came; what was kept of it stays. */
    private Optional<AuthState> auth(Map<String, Object> credentials) {
        String first = credentials.keySet().iterator().next();
        return schema.field(first).flatMap(schema::methodOf).map(method -> {
            Map<String, String> all = new HashMap<>();
            before.auth()
                    .filter(known -> known.methodId().equals(method.id()))
                    .ifPresent(known -> all.putAll(known.credentials()));
            credentials.forEach((field, value) -> all.put(field, sources.seal(place, field, value)));
            return new AuthState(method.id(), all, Optional.empty());
        });
    }

    /** Puts the credentials of a method in place. */
    Settings credentials(AuthMethod method, Taken sent) {
        Map<String, String> all = new HashMap<>();
        sent.values().forEach((field, value) -> all.put(field, sources.seal(place, field, value)));
        for (ConfigField field : schema.fields()) {
            if (sent.kept().contains(field.name())) {
                all.put(field.name(), kept(field));
            }
        }
        AuthState next = new AuthState(method.id(), all, Optional.empty());
        return new Settings(before.values(), before.secrets(), Optional.of(next));
    }

    /** A field may have become a secret, or a credential, after its value was given. */
    private String kept(ConfigField field) {
        return ConfigReader.envelope(before, field)
                .orElseGet(
                        () -> sources.seal(place, field.name(), before.values().getOrDefault(field.name(), "")));
    }
}
