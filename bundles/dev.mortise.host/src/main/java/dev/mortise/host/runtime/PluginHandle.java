// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Calls code of one plugin version: on its thread, within a deadline, in a context without tenant. */
record PluginHandle(Artifact artifact, Deadlines deadlines) {
    PluginId id() {
        return artifact.id();
    }

    <T> T call(String what, Callable<T> code) throws Exception {
        return call(deadlines.limit(), what, code);
    }

    <T> T call(Duration limit, String what, Callable<T> code) throws Exception {
        return deadlines.within(limit, what, () -> bound(limit, code));
    }

    /** Calls code in such a context whose time somebody else keeps. */
    <T> T bound(Duration limit, Callable<T> code) throws Exception {
        Call context = Call.withoutTenant(id().value(), UUID.randomUUID().toString(), limit);
        return BoundContext.call(context, code);
    }
}
