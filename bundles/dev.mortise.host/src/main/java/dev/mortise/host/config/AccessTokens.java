// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;

/** Has access tokens that are good. */
public interface AccessTokens {
    /**
     * Answers the access token of a tenant; renews it before, where it must, and waits for that.
     *
     * @param stored what else the tenant gave to the plugin
     * @throws dev.mortise.api.error.MortiseException PLUGIN_NOT_READY when there is none that is good, with the sentence why
     */
    String accessToken(TenantId tenant, StoredCredentials stored);
}
