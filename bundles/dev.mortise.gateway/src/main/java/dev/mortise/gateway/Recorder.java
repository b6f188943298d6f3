// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what became of calls. */
final class Recorder {
    private final RouteMeter strays;

    Recorder(Neighbours neighbours) {
        this.strays = RouteMeter.ofStrays(new OwnerMeters(neighbours, OwnerMeters.NOTHING, Map.of()));
    }

    /** Answers what measures the calls of clients that lead to no plugin and to nothing of the core. */
    RouteMeter strays() {
        return strays;
    }

    /** Records the end of a call of a client. */
    void answered(RouteMeter meter, int status, long nanos, @Nullable Refusal refusal) {
        meter.record(status, nanos);
        if (refusal != null && counts(refusal)) {
            meter.owner().refused(refusal.code());
        }
    }

    /** Records that a plugin's call is refused, to a plugin if one is known. */
    void refused(@Nullable PluginMount provider, Refusal refusal) {
        if (counts(refusal)) {
            OwnerMeters meters =
                    provider == null ? strays.owner() : provider.owner().meters();
            meters.refused(refusal.code());
        }
    }

    /** A fault is no refusal: it stands in the log with its trace, and in the count of calls by its status. */
    private static boolean counts(Refusal refusal) {
        return refusal.code().status() != ErrorCode.INTERNAL.status();
    }
}
