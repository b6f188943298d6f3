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

/**
 * Makes new settings of those that are kept and those that were sent and found good. What is kept for fields that this version
 * does not declare stays: nobody could send it, and another version, that the plugin may go back to, declares them.
 */
record SettingsChange(ConfigSources sources, Place place, ConfigSchema schema, Settings before) {
    /** Puts settings in place; credentials change where there are some among them. */
    Settings settings(Taken sent) {
        Settings others = declared().others(before);
        Map<String, Object> values = new LinkedHashMap<>(others.values());
        Map<String, String> secrets = new HashMap<>(others.secrets());
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
            Map<String, String> all = new HashMap<>(keptBeside(method));
            all.putAll(credentials);
            return new AuthState(method, all, Optional.empty());
        });
    }

    /** Answers what stays among the credentials when some of a method come: all of the same method, none of another. */
    private Map<String, String> keptBeside(String methodId) {
        return declared()
                .auth(before)
                .filter(auth -> auth.methodId().equals(methodId))
                .map(AuthState::credentials)
                .orElse(declared().noCredentials(before));
    }

    /** Takes note that there are tokens by a method; the credentials that were given for it stay. */
    Settings connected(String methodId) {
        AuthState next = new AuthState(methodId, keptBeside(methodId), Optional.empty());
        return new Settings(before.values(), before.secrets(), Optional.of(next));
    }

    /** Fields may belong to several methods: the one that holds now goes before others. */
    private Optional<String> method(Set<String> fields) {
        List<String> all = schema.methods().stream()
                .filter(method -> method.fields().containsAll(fields))
                .map(AuthMethod::id)
                .toList();
        return declared()
                .auth(before)
                .map(AuthState::methodId)
                .filter(all::contains)
                .or(() -> all.stream().findFirst());
    }

    /** Puts the credentials of a method in place. */
    Settings credentials(AuthMethod method, Taken sent) {
        Map<String, String> all = new HashMap<>(declared().noCredentials(before));
        sent.values().forEach((field, value) -> all.put(field, sources.seal(place, field, value)));
        for (ConfigField field : schema.fields()) {
            if (sent.kept().contains(field.name())) {
                all.put(field.name(), kept(field));
            }
        }
        AuthState next = new AuthState(method.id(), all, Optional.empty());
        return new Settings(before.values(), before.secrets(), Optional.of(next));
    }

    private Declared declared() {
        return new Declared(schema);
    }

    /** A field may have become a secret, or a credential, after its value was given. */
    private String kept(ConfigField field) {
        return declared()
                .envelope(before, field)
                .orElseGet(
                        () -> sources.seal(place, field.name(), before.values().getOrDefault(field.name(), "")));
    }
}
