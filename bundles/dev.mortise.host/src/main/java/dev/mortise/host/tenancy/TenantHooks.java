// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The hooks of one running plugin version that concern single tenants. They run on threads of the plugin. */
public interface TenantHooks {
    /** Runs the start hook; completes, never exceptionally, with the sentence why it failed, if it did. */
    CompletableFuture<Optional<String>> start(TenantId tenant);

    /** Tells whether the start hook was ordered and has not begun, because as many run as may. */
    default boolean waits(TenantId tenant) {
        return false;
    }

    /** Tells whether what runs has begun with every tenant by itself, whether or not anybody called the start hook. */
    default boolean beginsWithAll() {
        return false;
    }

    /** Runs the disable hook, as best it can; completes, never exceptionally, when it ended or its time is over. */
    CompletableFuture<Void> disable(TenantId tenant);

    /** Tells it that settings changed, as best it can; completes, never exceptionally, when that ended or its time is over. */
    CompletableFuture<Void> configUpdated(TenantId tenant);

    /** Tells it that credentials came, as best it can; completes, never exceptionally, when that ended or its time is over. */
    CompletableFuture<Void> connected(TenantId tenant);

    /** Asks it about the credentials; completes, never exceptionally, with nothing when its time was over before. */
    CompletableFuture<Optional<AuthVerdict>> validateAuth(TenantId tenant);
}
