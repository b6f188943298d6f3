// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.List;
import java.util.Objects;

/** A version range in npm's grammar, as written; {@code dev.mortise.rules} judges it. */
public record VersionRange(String text) {
    public VersionRange {
        Objects.requireNonNull(text, "text is null");
    }

    /** Answers a plain range as people say it: ^2.0.0 is 2.x, ~2.1.0 is 2.1.x. */
    public String spoken() {
        if (!text.matches("[\\^~]?\\d+(\\.\\d+){0,2}")) {
            return "in " + text;
        }
        String[] parts = text.replaceFirst("[\\^~]", "").split("\\.");
        int kept = text.startsWith("~") ? Math.min(2, parts.length) : parts.length;
        if (text.startsWith("^")) {
            kept = 1;
            while (kept < parts.length && parts[kept - 1].equals("0")) {
                kept++;
            }
        }
        return String.join(".", List.of(parts).subList(0, kept)) + (kept < 3 ? ".x" : "");
    }

    @Override
    public String toString() {
        return text;
    }
}
