// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.CallContexts;
import dev.mortise.kernel.call.BoundContext;
import java.util.Optional;

/** Answers what is bound to the calling thread. */
record ThreadContexts(String plugin) implements CallContexts {
    @Override
    public CallContext current() {
        return BoundContext.require("CallContexts of plugin '" + plugin + "'");
    }

    @Override
    public Optional<CallContext> find() {
        return BoundContext.find();
    }
}
