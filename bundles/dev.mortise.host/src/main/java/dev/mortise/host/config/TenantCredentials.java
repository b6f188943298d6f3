// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.config.Credentials;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import java.util.Optional;

/** Credentials of the current tenant as one plugin reads them. */
record TenantCredentials(StoredCredentials stored, AccessTokens tokens) implements Credentials {
    @Override
    public Optional<String> methodId() {
        return stored.auth(tenant()).map(AuthState::methodId);
    }

    @Override
    public String get(String field) {
        TenantId tenant = tenant();
        return find(field)
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.PLUGIN_NOT_READY,
                        "Plugin '%s' has no credential '%s' for tenant '%s'. Give it one."
                                .formatted(stored.plugin(), field, tenant)));
    }

    @Override
    public Optional<String> find(String field) {
        return stored.find(tenant(), field);
    }

    @Override
    public String accessToken() {
        return tokens.accessToken(tenant(), stored);
    }

    private TenantId tenant() {
        return PluginValues.tenant(stored.plugin(), "Credentials");
    }
}
