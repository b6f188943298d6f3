// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One legal key of a concern, with its default and what else it may be. A key that begins with a word between angle brackets is
 * a pattern: any id may stand there, and without one there is no value.
 *
 * @param live whether a change counts while the container runs; the comment above it says so: "Counts at once."
 */
public record Setting(String concern, String key, String initial, Allowed allowed, boolean live) {
    static final String LIVE = "Counts at once.";

    private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    /** Return the name that is unique among all concerns. */
    public String name() {
        return concern + "." + key;
    }

    /** Return the environment variable that overrides this setting. */
    public String variable() {
        return "MORTISE_" + name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Tells whether the key stands for many. */
    public boolean pattern() {
        return key.startsWith("<");
    }

    /** Return the setting of a key that this pattern admits. */
    Optional<Setting> named(String other) {
        String end = key.substring(key.indexOf('>') + 1);
        return pattern() && other.matches(ID + Pattern.quote(end))
                ? Optional.of(new Setting(concern, other, initial, allowed, live))
                : Optional.empty();
    }

    /** Return the setting of an environment variable that this pattern admits. */
    Optional<Setting> ofVariable(String variable) {
        String begin = "MORTISE_" + concern.toUpperCase(Locale.ROOT) + "_";
        String end =
                key.substring(key.indexOf('>') + 1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return pattern()
                        && variable.startsWith(begin)
                        && variable.endsWith(end)
                        && variable.length() > begin.length() + end.length()
                ? named(variable.substring(begin.length(), variable.length() - end.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-')
                        + key.substring(key.indexOf('>') + 1))
                : Optional.empty();
    }
}
