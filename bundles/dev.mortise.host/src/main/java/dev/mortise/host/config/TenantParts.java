// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.rules.config.Effective;
import dev.mortise.rules.config.Effective.Found;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What tenants gave to one plugin, in the clear, for a process of it: the values that hold, by the same order as in the
 * container, and the credentials. It waits for the database.
 */
public record TenantParts(PluginId plugin, ConfigSchema schema, ConfigSources sources, AccessTokens tokens) {
    /** The name of the access token among the credentials of a method of OAuth 2.0. */
    static final String ACCESS_TOKEN = "accessToken";

    /** Answers what a tenant gave; values that can't be used are left out, as if there were none. */
    public TenantPart of(TenantId tenant) {
        Map<String, Object> config = new HashMap<>();
        for (ConfigField field : schema.fields()) {
            if (schema.methodOf(field).isEmpty() && effective(tenant, field) instanceof Found found) {
                config.put(field.name(), found.value());
            }
        }
        StoredCredentials stored = new StoredCredentials(plugin, schema, sources);
        Optional<Auth> auth = stored.auth(tenant)
                .map(AuthState::methodId)
                .flatMap(schema::method)
                .map(method -> new Auth(method.id(), credentials(tenant, method, stored)));
        return new TenantPart(config, auth);
    }

    /** Tells whether what a tenant gave changes by itself. */
    public boolean changing() {
        return schema.methods().stream().anyMatch(AuthMethod.OAuth2.class::isInstance);
    }

    /** Tells of what was renewed of what a tenant gave, until what it answers is closed. The listener returns at once. */
    public AccessTokens.Listening whenRenewed(Consumer<TenantId> listener) {
        return tokens.whenRenewed(plugin, listener);
    }

    private Effective effective(TenantId tenant, ConfigField field) {
        ConfigReader reader = new ConfigReader(sources, plugin, schema);
        return field.scope() == Scope.CONTAINER ? reader.ofContainer(field) : reader.ofTenant(tenant, field);
    }

    private Map<String, Object> credentials(TenantId tenant, AuthMethod method, StoredCredentials stored) {
        Map<String, Object> credentials = new HashMap<>();
        method.fields().forEach(field -> stored.find(tenant, field).ifPresent(value -> credentials.put(field, value)));
        if (method instanceof AuthMethod.OAuth2) {
            accessToken(tenant, stored).ifPresent(token -> credentials.put(ACCESS_TOKEN, token));
        }
        return credentials;
    }

    /** A connection that has to be made anew must not keep the process from starting. */
    private Optional<String> accessToken(TenantId tenant, StoredCredentials stored) {
        try {
            return Optional.of(tokens.accessToken(tenant, stored));
        } catch (MortiseException noneThatIsGood) {
            return Optional.empty();
        }
    }
}
