// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.admin.Configurations.Auth;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Configurations.Connection;
import dev.mortise.kernel.admin.Configurations.Field;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Trouble;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Found;
import dev.mortise.rules.config.Effective.Missing;
import dev.mortise.rules.config.Effective.Source;
import dev.mortise.rules.config.Effective.Unusable;
import dev.mortise.rules.config.Mask;
import dev.mortise.rules.oauth.Renewal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is shown of settings; no secret is opened for it. */
record ConfigViews(ConfigSources sources, PluginId plugin, ConfigSchema schema) {
    Configuration view(Tenant tenant, Settings settings) {
        return new Configuration(
                tenant.slug(),
                plugin.value(),
                own(settings),
                schema.fields().stream().map(field -> field(field, settings)).toList(),
                declared()
                        .auth(settings)
                        .map(auth -> new Auth(auth.methodId(), auth.validatedAt(), connection(tenant, auth))));
    }

    private Declared declared() {
        return new Declared(schema);
    }

    private Optional<Connection> connection(Tenant tenant, AuthState auth) {
        return sources.grants()
                .find(new Place(tenant.id(), plugin))
                .filter(seen -> seen.grant().methodId().equals(auth.methodId()))
                .map(ConfigViews::connection);
    }

    private static Connection connection(Seen seen) {
        Grant grant = seen.grant();
        return new Connection(
                Renewal.state(seen).text(),
                Mask.TEXT,
                grant.refresh().map(token -> Mask.TEXT),
                grant.scopes(),
                grant.renewedAt(),
                grant.expiresAt(),
                grant.trouble().map(Trouble::sentence),
                grant.trouble().map(Trouble::at));
    }

    /** Answers the tenant's own values, as they may be sent back. */
    Map<String, Object> own(Settings settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (ConfigField field : schema.fields()) {
            given(field, settings).ifPresent(value -> values.put(field.name(), value));
        }
        return values;
    }

    /** Answers the tenant's value; stars for a secret, also for one that was none when it was given. */
    private Optional<Object> given(ConfigField field, Settings settings) {
        if (declared().envelope(settings, field).isPresent()) {
            return Optional.of(Mask.TEXT);
        }
        return declared().plain(settings, field).map(value -> schema.secret(field) ? Mask.TEXT : value);
    }

    private Field field(ConfigField field, Settings settings) {
        Effective effective = effective(field, settings);
        Optional<Object> value = effective instanceof Found found
                ? Optional.of(schema.secret(field) ? Mask.TEXT : found.value())
                : Optional.empty();
        return new Field(
                field.name(),
                field.type().text(),
                field.label(),
                field.scope().text(),
                field.required(),
                schema.secret(field),
                value,
                source(field, effective),
                problem(effective));
    }

    private Effective effective(ConfigField field, Settings settings) {
        ConfigReader reader = new ConfigReader(sources, plugin, schema);
        if (field.scope() == Scope.CONTAINER) {
            return reader.ofContainer(field);
        }
        if (declared().envelope(settings, field).isPresent()) {
            return new Found(Mask.TEXT, Source.GIVEN);
        }
        return Effective.of(field, declared().plain(settings, field), sources.around(plugin));
    }

    private static String source(ConfigField field, Effective effective) {
        if (effective instanceof Found found) {
            String given = field.scope() == Scope.CONTAINER ? "container" : "database";
            return found.source() == Source.GIVEN
                    ? given
                    : found.source().name().toLowerCase(Locale.ROOT);
        }
        return "none";
    }

    private static Optional<String> problem(Effective effective) {
        if (effective instanceof Unusable unusable) {
            return Optional.of(unusable.sentence());
        }
        return effective instanceof Missing missing ? missing.sentence() : Optional.empty();
    }
}
