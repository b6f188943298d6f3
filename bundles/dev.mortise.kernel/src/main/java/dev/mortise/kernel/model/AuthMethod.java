// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
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

    /**
     * OAuth 2.0, authorization code with PKCE (RFC 6749, RFC 7636).
     *
     * @param clientId the name of the field with the client's id
     * @param clientSecret the name of the field with the client's secret
     */
    record OAuth2(
            String id,
            String label,
            String authorizationUrl,
            String tokenUrl,
            List<String> scopes,
            String clientId,
            String clientSecret)
            implements AuthMethod {
        public OAuth2 {
            scopes = List.copyOf(scopes);
        }

        @Override
        public Set<String> fields() {
            return clientId.equals(clientSecret) ? Set.of(clientId) : Set.of(clientId, clientSecret);
        }

        @Override
        public String type() {
            return "oauth2";
        }
    }
}
