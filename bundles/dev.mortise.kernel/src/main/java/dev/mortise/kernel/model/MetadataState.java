// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Locale;

/** How the copy of what a plugin says of itself stands. */
public enum MetadataState {
    /** There is none yet. */
    MISSING,
    /** It is of the jar that the plugin has now. */
    FRESH,
    /** It is of another jar; it is read again when the plugin runs. */
    STALE,
    /** It could not be read the last time; the last good copy holds, if there is one. */
    ERROR;

    /** Answers the word that the API and the database have for it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads such a word.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static MetadataState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
