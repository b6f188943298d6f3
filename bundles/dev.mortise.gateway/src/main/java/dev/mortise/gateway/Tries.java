// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.ArrayList;
import java.util.List;

/** The instances that a call was tried at without success; most calls are tried once. */
record Tries(List<Stay> failed) {
    static final Tries NONE = new Tries(List.of());

    boolean none() {
        return failed.isEmpty();
    }

    boolean had(ServiceMount mount) {
        return !none() && failed.contains(mount.plugin().owner().stay());
    }

    Tries with(Owner instance) {
        List<Stay> more = new ArrayList<>(failed);
        more.add(instance.stay());
        return new Tries(List.copyOf(more));
    }
}
