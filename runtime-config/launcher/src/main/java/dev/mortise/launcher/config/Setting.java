// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.Locale;

/**
 * One legal key of a concern, with its default and what else it may be.
 *
 * @param live whether a change counts while the container runs; the comment above it says so: "Counts at once."
 */
public record Setting(String concern, String key, String initial, Allowed allowed, boolean live) {
    static final String LIVE = "Counts at once.";

    /** Return the name that is unique among all concerns. */
    public String name() {
        return concern + "." + key;
    }

    /** Return the environment variable that overrides this setting. */
    public String variable() {
        return "MORTISE_" + name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
