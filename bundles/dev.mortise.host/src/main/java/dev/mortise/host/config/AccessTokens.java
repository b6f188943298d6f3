// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import java.util.function.Consumer;

/** Has access tokens that are good. */
public interface AccessTokens {
    /**
     * Answers the access token of a tenant; renews it before, where it must, and waits for that.
     *
     * @param stored what else the tenant gave to the plugin
     * @throws dev.mortise.api.error.MortiseException PLUGIN_NOT_READY when there is none that is good, with the sentence why
     */
    String accessToken(TenantId tenant, StoredCredentials stored);

    /**
     * Tells of each renewal on this node for a plugin, once the new token is kept, until what it answers is closed. The
     * listener returns at once.
     */
    default Listening whenRenewed(PluginId plugin, Consumer<TenantId> listener) {
        return () -> {};
    }

    /** Somebody who is told. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
