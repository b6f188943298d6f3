// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.auth;

import dev.mortise.api.http.Headers;
import java.util.Objects;
import java.util.Optional;

/** What an authenticator sees of a request: nothing that could be consumed. */
public record AuthRequest(String method, String path, Headers headers, String clientAddress) {
    private static final String SCHEME = "Bearer ";

    public AuthRequest {
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(path, "path is null");
        Objects.requireNonNull(headers, "headers is null");
        Objects.requireNonNull(clientAddress, "clientAddress is null");
    }

    /** Answers the bearer token (RFC 6750, section 2.1), when there is exactly one well-formed credential. */
    public Optional<String> bearerToken() {
        var values = headers.all("Authorization");
        if (values.size() != 1 || !values.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = values.get(0).substring(SCHEME.length());
        return token.matches("[A-Za-z0-9._~+/-]+=*") ? Optional.of(token) : Optional.empty();
    }
}
