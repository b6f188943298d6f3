// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Locale;

/** How a plugin stands for one tenant. */
public enum RuntimeState {
    STOPPED,
    STARTING,
    READY,
    DEGRADED,
    ERROR;

    /** Answers it as surfaces and the database write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #text} wrote. */
    public static RuntimeState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
