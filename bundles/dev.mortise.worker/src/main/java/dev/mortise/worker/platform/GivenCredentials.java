// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.platform;

import dev.mortise.api.config.Credentials;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.Optional;

/** Credentials of the current tenant as they were given last; the core renews them and gives them anew. */
record GivenCredentials(String plugin, TenantValues values) implements Credentials {
    /** Where the core puts the token of a method of type oauth2. */
    private static final String ACCESS_TOKEN = "accessToken";

    @Override
    public Optional<String> methodId() {
        return auth().map(Auth::methodId);
    }

    @Override
    public String get(String field) {
        return find(field).orElseThrow(() -> none("credential '" + field + "'", "Give it one."));
    }

    @Override
    public Optional<String> find(String field) {
        return auth().flatMap(auth -> Optional.ofNullable(auth.credentials().get(field)))
                .map(Object::toString);
    }

    @Override
    public String accessToken() {
        return find(ACCESS_TOKEN).orElseThrow(() -> none("access token", "Connect the plugin."));
    }

    private Optional<Auth> auth() {
        return values.of(tenant()).flatMap(TenantPart::auth);
    }

    private String tenant() {
        return BoundContexts.tenant("Credentials", plugin).value();
    }

    private MortiseException none(String what, String remedy) {
        return new MortiseException(
                ErrorCode.PLUGIN_NOT_READY,
                "Plugin '%s' has no %s for tenant '%s'. %s".formatted(plugin, what, tenant(), remedy));
    }
}
