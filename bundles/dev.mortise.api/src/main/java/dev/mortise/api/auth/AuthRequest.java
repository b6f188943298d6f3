// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.auth;

import dev.mortise.api.http.Headers;
import java.util.Objects;
import java.util.Optional;

/** What an authenticator sees of a request: nothing that could be consumed. */
public record AuthRequest(String method, String path, Headers headers, String clientAddress) {
    private static final String SCHEME = "Bearer ";
    private static final boolean[] ALPHABET = alphabet();

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
        return wellFormed(token) ? Optional.of(token) : Optional.empty();
    }

    /** RFC 6750, section 2.1: at least one character of the alphabet, then nothing but '='. Every request comes by here. */
    private static boolean wellFormed(String token) {
        int end = 0;
        while (end < token.length() && ofAlphabet(token.charAt(end))) {
            end++;
        }
        int rest = end;
        while (rest < token.length() && token.charAt(rest) == '=') {
            rest++;
        }
        return end > 0 && rest == token.length();
    }

    private static boolean ofAlphabet(char c) {
        return c < ALPHABET.length && ALPHABET[c];
    }

    private static boolean[] alphabet() {
        boolean[] alphabet = new boolean[0x80];
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/"
                .chars()
                .forEach(c -> alphabet[c] = true);
        return alphabet;
    }
}
