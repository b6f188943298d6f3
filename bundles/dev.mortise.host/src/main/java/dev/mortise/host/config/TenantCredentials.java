// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.config.Credentials;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Found;
import java.util.Optional;

/** Credentials of the current tenant as one plugin reads them. */
record TenantCredentials(PluginId plugin, ConfigSchema schema, ConfigSources sources) implements Credentials {
    @Override
    public Optional<String> methodId() {
        return sources.store().find(tenant(), plugin).auth().map(AuthState::methodId);
    }

    @Override
    public String get(String field) {
        TenantId tenant = tenant();
        return find(field)
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.PLUGIN_NOT_READY,
                        "Plugin '%s' has no credential '%s' for tenant '%s'. Give it one."
                                .formatted(plugin, field, tenant)));
    }

    @Override
    public Optional<String> find(String field) {
        TenantId tenant = tenant();
        return schema.field(field)
                .filter(known -> schema.methodOf(known).isPresent())
                .map(known -> effective(tenant, known))
                .filter(Found.class::isInstance)
                .map(found -> ((Found) found).value().toString());
    }

    private Effective effective(TenantId tenant, ConfigField field) {
        ConfigReader reader = new ConfigReader(sources, plugin);
        return field.scope() == Scope.CONTAINER ? reader.ofContainer(field) : reader.ofTenant(tenant, field);
    }

    private TenantId tenant() {
        return PluginValues.tenant(plugin, "Credentials");
    }
}
