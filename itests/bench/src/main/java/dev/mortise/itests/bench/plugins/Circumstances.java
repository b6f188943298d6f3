// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.service.ServiceClient;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement works with. It is static because JMH makes the objects that need it.
 *
 * @param context that of the client's request which asked for the measurement
 */
record Circumstances(ServiceClient client, CallContext context) {
    private static final AtomicReference<@Nullable Circumstances> NOW = new AtomicReference<>();

    static void set(Circumstances circumstances) {
        NOW.set(circumstances);
    }

    static Circumstances get() {
        return Objects.requireNonNull(NOW.get(), "nobody asked for a measurement");
    }
}
