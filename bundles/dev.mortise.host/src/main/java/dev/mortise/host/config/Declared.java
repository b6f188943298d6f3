// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What of that which a tenant gave belongs to the fields that one version of the plugin declares for tenants. All else was
 * given to another version: it is kept for that one, and neither shown nor told meanwhile.
 */
record Declared(ConfigSchema schema) {
    /** Answers the envelope of a field, wherever it was a secret when it was given. */
    Optional<String> envelope(Settings settings, ConfigField field) {
        if (field.scope() != Scope.TENANT) {
            return Optional.empty();
        }
        return settings.auth()
                .filter(auth -> !ofOtherMethod(field, settings))
                .flatMap(auth -> Optional.ofNullable(auth.credentials().get(field.name())))
                .or(() -> Optional.ofNullable(settings.secrets().get(field.name())));
    }

    /** Answers the value of a field that was no secret when it was given. */
    Optional<Object> plain(Settings settings, ConfigField field) {
        return Optional.of(field)
                .filter(known -> known.scope() == Scope.TENANT)
                .flatMap(known -> Optional.ofNullable(settings.values().get(known.name())));
    }

    /** Answers the credentials that hold: another version may know their method, and this one what it had before. */
    Optional<AuthState> auth(Settings settings) {
        return settings.auth()
                .map(auth -> schema.method(auth.methodId()).isPresent()
                        ? auth
                        : whole(auth.credentials().keySet())
                                .map(method -> new AuthState(method.id(), auth.credentials(), Optional.empty()))
                                .orElse(auth));
    }

    /** Answers what is kept for other versions alone. */
    Settings others(Settings settings) {
        return new Settings(
                without(this::ofTenant, settings.values()),
                without(this::ofTenant, settings.secrets()),
                settings.auth()
                        .map(auth -> new AuthState(
                                auth.methodId(), without(this::ofTenant, auth.credentials()), auth.validatedAt())));
    }

    /** Answers what lies among the credentials of a tenant and is none for this version. */
    Map<String, String> noCredentials(Settings settings) {
        return without(
                name -> schema.field(name).filter(schema::credential).isPresent(),
                settings.auth().map(AuthState::credentials).orElse(Map.of()));
    }

    private boolean ofTenant(String name) {
        return schema.field(name).filter(field -> field.scope() == Scope.TENANT).isPresent();
    }

    /** Those of a method that was left are kept for a version that knows no other. */
    private boolean ofOtherMethod(ConfigField field, Settings settings) {
        return schema.credential(field)
                && auth(settings)
                        .flatMap(auth -> schema.method(auth.methodId()))
                        .filter(method -> !method.fields().contains(field.name()))
                        .isPresent();
    }

    /** Answers the first method that a tenant gave all credentials of, and at least one. */
    private Optional<AuthMethod> whole(Set<String> given) {
        return schema.methods().stream()
                .filter(method -> method.fields().stream().anyMatch(given::contains))
                .filter(method -> method.fields().stream()
                        .flatMap(name -> schema.field(name).stream())
                        .filter(schema::credential)
                        .allMatch(field -> given.contains(field.name())))
                .findFirst();
    }

    private static <T> Map<String, T> without(Predicate<String> left, Map<String, T> all) {
        Map<String, T> rest = new LinkedHashMap<>(all);
        rest.keySet().removeIf(left);
        return rest;
    }
}
