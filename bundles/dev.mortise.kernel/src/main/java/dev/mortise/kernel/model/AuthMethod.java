// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A way in which a tenant gives a plugin its credentials at another system; declared in {@code plugin.json}. */
public sealed interface AuthMethod {
    /** Answers its id, unique in the plugin. */
    String id();

    /** Answers what people call it. */
    String label();

    /** Answers the names of the config fields that hold its credentials. */
    Set<String> fields();

    /** Answers the word of {@code plugin.json} for its kind. */
    String type();

    /** One key in one field. */
    record ApiKey(String id, String label, String configField) implements AuthMethod {
        @Override
        public Set<String> fields() {
            return Set.of(configField);
        }

        @Override
        public String type() {
            return "apiKey";
        }
    }

    /** OAuth 2.0, authorization code with PKCE (RFC 6749, RFC 7636). */
    record OAuth2(String id, String label, Endpoints endpoints, List<String> scopes, Client client)
            implements AuthMethod {
        public OAuth2 {
            scopes = List.copyOf(scopes);
        }

        @Override
        public Set<String> fields() {
            return client.idField().equals(client.secretField())
                    ? Set.of(client.idField())
                    : Set.of(client.idField(), client.secretField());
        }

        @Override
        public String type() {
            return "oauth2";
        }
    }

    /**
     * Addresses of an authorization server.
     *
     * @param revocation where tokens are given back (RFC 7009), if it takes them back
     */
    record Endpoints(String authorization, String token, Optional<String> revocation) {}

    /**
     * As whom the container comes to an authorization server.
     *
     * @param idField the name of the field with the client's id
     * @param secretField the name of the field with the client's secret
     */
    record Client(String idField, String secretField, ClientAuthentication authentication) {}

    /** How a client shows its secret (RFC 6749, section 2.3.1). */
    enum ClientAuthentication {
        /** In the field Authorization, which every server understands that keeps to the standard. */
        BASIC,
        /** In the form. */
        POST;

        /** Answers the word of {@code plugin.json}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
