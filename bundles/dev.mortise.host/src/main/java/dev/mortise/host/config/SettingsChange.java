// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.rules.config.Sent.Taken;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes new settings of those that are kept and those that were sent and found good. */
record SettingsChange(ConfigSources sources, Place place, ConfigSchema schema, Settings before) {
    /** Puts settings in place; credentials change where there are some among them. */
    Settings settings(Taken sent) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, String> secrets = new HashMap<>();
        Map<String, String> credentials = new LinkedHashMap<>();
        for (ConfigField field : schema.fields()) {
            Optional<Object> value = Optional.ofNullable(sent.values().get(field.name()));
            if (value.isPresent() && !schema.secret(field)) {
                values.put(field.name(), value.get());
            } else {
                // what was a secret when it was given stays sealed, also where the field is none any more
                Map<String, String> sealed = schema.credential(field) ? credentials : secrets;
                sealed(field, value, sent).ifPresent(envelope -> sealed.put(field.name(), envelope));
            }
        }
        return new Settings(values, secrets, auth(credentials).map(this::withoutSettings));
    }

    /** A credential that has become a setting lies among those, or it was left out: it must not hide them. */
    private AuthState withoutSettings(AuthState auth) {
        Map<String, String> rest = new HashMap<>(auth.credentials());
        schema.fields().stream()
                .filter(field -> field.scope() == Scope.TENANT && !schema.credential(field))
                .forEach(field -> rest.remove(field.name()));
        return new AuthState(auth.methodId(), rest, auth.validatedAt());
    }

    private Optional<String> sealed(ConfigField field, Optional<Object> value, Taken sent) {
        if (value.isPresent()) {
            return Optional.of(sources.seal(place, field.name(), value.get()));
        }
        return sent.kept().contains(field.name()) ? Optional.of(kept(field)) : Optional.empty();
    }

    /** The method is that of the credentials which came; what was kept of it stays. */
    private Optional<AuthState> auth(Map<String, String> credentials) {
        Map<String, String> known = before.auth().map(AuthState::credentials).orElse(Map.of());
        if (known.entrySet().containsAll(credentials.entrySet())) {
            return before.auth(); // none came, or those that are kept
        }
        return method(credentials.keySet()).map(method -> {
            Map<String, String> all = new HashMap<>();
            before.auth()
                    .filter(auth -> auth.methodId().equals(method))
                    .ifPresent(auth -> all.putAll(auth.credentials()));
            all.putAll(credentials);
            return new AuthState(method, all, Optional.empty());
        });
    }

    /** Fields may belong to several methods: the one that holds now goes before others. */
    private Optional<String> method(Set<String> fields) {
        List<String> all = schema.methods().stream()
                .filter(method -> method.fields().containsAll(fields))
                .map(AuthMethod::id)
                .toList();
        return before.auth().map(AuthState::methodId).filter(all::contains).or(() -> all.stream()
                .findFirst());
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
