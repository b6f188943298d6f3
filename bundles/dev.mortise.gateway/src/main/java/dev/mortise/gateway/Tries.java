// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * The instances that a call was tried at without success; most calls are tried once.
 *
 * @param begunNanos when the first try began, on the scale of {@link System#nanoTime}, where that is asked for
 */
record Tries(List<Stay> failed, long begunNanos) {
    static final Tries NONE = new Tries(List.of(), 0);

    boolean none() {
        return failed.isEmpty();
    }

    boolean had(ServiceMount mount) {
        return !none() && failed.contains(mount.plugin().owner().stay());
    }

    Tries with(Owner instance) {
        List<Stay> more = new ArrayList<>(failed);
        more.add(instance.stay());
        return new Tries(List.copyOf(more), begunNanos);
    }

    Tries since(long nanos) {
        return new Tries(failed, nanos);
    }
}
