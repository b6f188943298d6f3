// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.Locale;

/** Makes foreign text harmless for a terminal: names and reasons come from plugins. */
final class Escape {
    private Escape() {}

    /** Answers the text with control, format and separator characters as {@code \\uXXXX}, on one line. */
    static String text(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        raw.codePoints().forEach(point -> {
            if (harmless(point)) {
                clean.appendCodePoint(point);
            } else {
                clean.append(String.format(Locale.ROOT, "\\u%04x", point));
            }
        });
        return clean.toString();
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
