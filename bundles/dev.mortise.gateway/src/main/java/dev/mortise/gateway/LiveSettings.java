// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.util.function.Supplier;

/**
 * What the operator sets, as it stands now: one reference that every call reads anew. A change mounts nothing and
 * forgets nothing: the next call is judged by other numbers.
 */
final class LiveSettings implements Supplier<Settings> {
    private volatile Settings now;

    LiveSettings(Settings first) {
        now = first;
    }

    @Override
    public Settings get() {
        return now;
    }

    void set(Settings next) {
        now = next;
    }
}
