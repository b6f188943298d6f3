// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.config;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The credentials at another system that the current tenant gave to the plugin, by one of the methods in {@code auth} of its
 * {@code plugin.json}. A service of the container, for each plugin its own. Credentials are read when they are used, and
 * neither kept nor logged: the tenant may change them at any time.
 *
 * <p>Every method throws {@code MortiseException}: NO_CONTEXT where there is no tenant, INTERNAL when what is kept does not
 * open.
 */
@ProviderType
public interface Credentials {
    /** Answers the id of the method by which the tenant gave them; empty when it gave none. */
    Optional<String> methodId();

    /**
     * Answers a credential by the name of its field.
     *
     * @throws dev.mortise.api.error.MortiseException also PLUGIN_NOT_READY when the tenant gave none
     */
    String get(String field);

    /** Answers a credential, if the tenant gave it. */
    Optional<String> find(String field);

    /**
     * Answers an access token of the authorization server that the tenant connected the plugin with (a method of type
     * {@code oauth2}); good for now, so it is asked for at every use. It is renewed before it ends; a call waits only for a
     * token that has ended already.
     *
     * @throws dev.mortise.api.error.MortiseException also PLUGIN_NOT_READY when there is none that is good, with the sentence
     *     who has to do what
     */
    String accessToken();
}
