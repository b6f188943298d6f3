// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.call;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Gives plugin code the context of the call that it runs in. A service of the container, bound to the plugin. */
@ProviderType
public interface CallContexts {
    /**
     * Answers the context bound to this thread.
     *
     * @throws dev.mortise.api.error.MortiseException NO_CONTEXT when the thread runs no call
     */
    CallContext current();

    /** Answers the context bound to this thread, if any. */
    Optional<CallContext> find();
}
