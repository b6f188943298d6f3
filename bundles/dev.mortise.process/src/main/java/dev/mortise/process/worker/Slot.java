// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import java.util.Optional;

/**
 * A place for one process of a plugin version.
 *
 * @param tenant the only one that it serves, or nothing when it serves all
 * @param instance counted from 0
 */
record Slot(Optional<String> tenant, int instance) {
    @Override
    public String toString() {
        return "instance " + instance
                + tenant.map(id -> " for tenant '" + id + "'").orElse("");
    }
}
