// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Set;
import java.util.regex.Pattern;

/** Identifies a plugin across versions. */
public record PluginId(String value) implements Comparable<PluginId> {
    /** The rule as a regular expression, shared with the JSON Schema of {@code plugin.json}. */
    public static final String RULE = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$";

    private static final Pattern PATTERN = Pattern.compile(RULE);
    private static final Set<String> RESERVED =
            Set.of("core", "mortise", "admin", "api", "system", "public", "health", "s", "p");

    public PluginId {
        if (!valid(value)) {
            throw new IllegalArgumentException("'" + value + "' is no plugin id: 2 to 30 of a-z, 0-9 and single"
                    + " hyphens, starting with a letter, and no reserved word.");
        }
    }

    /** Tells whether the text is a plugin id. */
    public static boolean valid(String text) {
        return text.length() >= 2
                && text.length() <= 30
                && PATTERN.matcher(text).matches()
                && !RESERVED.contains(text);
    }

    @Override
    public int compareTo(PluginId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
