// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secrets that a plugin has for a tenant, wherever they are from: plugins hand on what other systems say, and those like to
 * quote what they got.
 */
record HeldSecrets(ConfigSources sources, Target target) {
    /** Answers them as texts; of those with parts, the parts. */
    Set<String> texts() {
        return Stream.concat(fields(), tokens()).flatMap(HeldSecrets::parts).collect(Collectors.toSet());
    }

    private Stream<Object> fields() {
        ConfigReader reader = new ConfigReader(sources, target.plugin(), target.schema());
        TenantId tenant = target.tenant().id();
        Settings settings = sources.store().find(tenant, target.plugin());
        return target.schema().fields().stream()
                .filter(field -> secret(field, settings))
                .flatMap(field -> given(reader, tenant, field));
    }

    /** What does not open the plugin can't have either. */
    private static Stream<Object> given(ConfigReader reader, TenantId tenant, ConfigField field) {
        try {
            Effective found =
                    field.scope() == Scope.CONTAINER ? reader.ofContainer(field) : reader.ofTenant(tenant, field);
            return found instanceof Found given ? Stream.of(given.value()) : Stream.empty();
        } catch (MortiseException closed) {
            return Stream.empty();
        }
    }

    /** What was sealed when it was given was a secret then. */
    private boolean secret(ConfigField field, Settings settings) {
        return target.schema().secret(field)
                || new Declared(target.schema()).envelope(settings, field).isPresent();
    }

    private Stream<Object> tokens() {
        Place place = new Place(target.tenant().id(), target.plugin());
        try {
            return opened(place, sources.grants().find(place)).stream();
        } catch (MortiseException closed) {
            // another node sealed them anew, and the key that is remembered with them was dropped
            return read(place);
        }
    }

    private Stream<Object> read(Place place) {
        try {
            return opened(place, sources.grants().read(place)).stream();
        } catch (MortiseException closed) {
            return Stream.empty();
        }
    }

    private List<Object> opened(Place place, Optional<Seen> seen) {
        List<Object> tokens = new ArrayList<>();
        seen.map(Seen::grant).ifPresent(grant -> {
            tokens.add(sources.open(place, OAuthStore.ACCESS, grant.access()));
            grant.refresh().ifPresent(token -> tokens.add(sources.open(place, OAuthStore.REFRESH, token)));
        });
        return tokens;
    }

    /** A truth value is no secret, and every second sentence has one. */
    private static Stream<String> parts(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(HeldSecrets::parts);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().flatMap(HeldSecrets::parts);
        }
        return value instanceof Boolean ? Stream.empty() : Stream.of(value.toString());
    }
}
