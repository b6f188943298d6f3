// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;

/**
 * How many columns a line may have: as many as the session says in its variable {@code COLUMNS}. Where nobody says, as on
 * a pipe, nothing is cut.
 */
record Width(int columns) {
    static final Width UNLIMITED = new Width(Integer.MAX_VALUE);

    private static final int LEAST = 22; // so that every column of the widest table keeps a character

    /** Answers the width of the session that formats; Gogo passes itself as the converter. */
    static Width of(@Nullable Converter formatting) {
        return formatting instanceof CommandSession session ? said(session.get("COLUMNS")) : UNLIMITED;
    }

    private static Width said(@Nullable Object columns) {
        String text = String.valueOf(columns);
        return text.matches("[1-9][0-9]{0,5}") ? new Width(Math.max(LEAST, Integer.parseInt(text))) : UNLIMITED;
    }
}
