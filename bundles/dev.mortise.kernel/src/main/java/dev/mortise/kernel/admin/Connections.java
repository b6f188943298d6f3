// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.admin.Configurations.Configuration;
import java.time.Instant;
import java.util.Optional;

/**
 * Connects plugins of tenants with other systems by OAuth 2.0: authorization code with PKCE (RFC 6749, RFC 7636).
 * Implemented by the host. Tenants are named by id or slug. Everything throws {@code MortiseException}: NOT_FOUND when there
 * is no such tenant, PLUGIN_NOT_FOUND when there is no such plugin, VALIDATION_FAILED when what was sent is wrong,
 * SERVICE_UNAVAILABLE while the database can't be reached.
 */
public interface Connections {
    /**
     * Begins: answers where a browser is to go. Throws also CONFLICT when client id or secret are not there, RATE_LIMITED
     * when too many requests are under way.
     *
     * @param methodId needed where the plugin has several methods of this kind
     * @param redirectUri where the authorization server sends the browser back to; the configured one when it is left out
     * @param caller who begins, and who alone may end it
     */
    Begun begin(String tenant, String plugin, Optional<String> methodId, Optional<String> redirectUri, String caller);

    /**
     * Ends what was begun: fetches the tokens, keeps them and tells the plugin. Throws also CONFLICT when the authorization
     * server refuses, or when the plugin was disconnected or got other credentials while it was asked; SERVICE_UNAVAILABLE
     * when it does not answer as it should.
     */
    Configuration complete(String tenant, String plugin, Returned returned, String caller);

    /**
     * Takes back what the tenant gave by its method, and tells the plugin: all credentials are forgotten, and tokens are given
     * back to the authorization server, where it takes them. Throws also CONFLICT when there are none.
     */
    Ended disconnect(String tenant, String plugin);

    /** A request that is under way until the given time. */
    record Begun(String authorizationUrl, String redirectUri, Instant expiresAt) {}

    /** The parameters that the browser came back with: a code, or the code of an error. */
    record Returned(String state, Optional<String> code, Optional<String> error) {
        /** Never shows what came. */
        @Override
        public String toString() {
            return "returned " + error.orElse("a code");
        }
    }

    /**
     * What became of it.
     *
     * @param revoked whether the authorization server took the tokens back
     * @param message what was done, and what is left to do
     */
    record Ended(boolean revoked, String message) {}
}
