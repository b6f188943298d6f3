// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Found;
import java.util.Optional;

/** Credentials of tenants for one plugin, as they are kept; those of scope container are the operator's. */
public record StoredCredentials(PluginId plugin, ConfigSchema schema, ConfigSources sources) {
    /** Answers how a tenant gave them. */
    public Optional<AuthState> auth(TenantId tenant) {
        return new Declared(schema).auth(sources.store().find(tenant, plugin));
    }

    /** Answers the same as the database has it. */
    public Optional<AuthState> read(TenantId tenant) {
        return sources.store().read(new Place(tenant, plugin)).settings().auth();
    }

    /** Answers the credential in a field. */
    public Optional<String> find(TenantId tenant, String field) {
        return schema.field(field)
                .filter(known -> schema.methodOf(known).isPresent())
                .map(known -> effective(tenant, known))
                .filter(Found.class::isInstance)
                .map(found -> ((Found) found).value().toString());
    }

    private Effective effective(TenantId tenant, ConfigField field) {
        ConfigReader reader = new ConfigReader(sources, plugin, schema);
        return field.scope() == Scope.CONTAINER ? reader.ofContainer(field) : reader.ofTenant(tenant, field);
    }
}
