// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.config.Credentials;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Credentials as a test wants them, for all tenants alike. */
public final class FakeCredentials implements Credentials {
    private final Map<String, String> credentials = new ConcurrentHashMap<>();
    private final String methodId;

    /** Makes credentials of a method; none are there yet. */
    public FakeCredentials(String methodId) {
        this.methodId = methodId;
    }

    /** Gives a credential; the one named {@code accessToken} is what {@link #accessToken} answers. */
    public FakeCredentials with(String field, String credential) {
        credentials.put(field, credential);
        return this;
    }

    @Override
    public Optional<String> methodId() {
        return Optional.of(methodId).filter(method -> !credentials.isEmpty());
    }

    @Override
    public String get(String field) {
        return find(field)
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.PLUGIN_NOT_READY, "There is no credential '" + field + "'. Give it one."));
    }

    @Override
    public Optional<String> find(String field) {
        return Optional.ofNullable(credentials.get(field));
    }

    @Override
    public String accessToken() {
        return get("accessToken");
    }

    /** Never shows a credential. */
    @Override
    public String toString() {
        return "Credentials" + credentials.keySet();
    }
}
