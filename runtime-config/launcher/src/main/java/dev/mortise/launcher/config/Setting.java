// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.Locale;

/** One legal key of a concern, with its default. */
public record Setting(String concern, String key, String initial) {
    private static final String WHOLE_NUMBER = "-?\\d{1,18}";
    private static final String YES_OR_NO = "true|false";

    /** Return the name that is unique among all concerns. */
    public String name() {
        return concern + "." + key;
    }

    /** Return the environment variable that overrides this setting. */
    public String variable() {
        return "MORTISE_" + name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Return whether a value has the form of the default: a whole number, true or false, or any text. */
    boolean admits(String value) {
        return (!initial.matches(WHOLE_NUMBER) || value.matches(WHOLE_NUMBER))
                && (!initial.matches(YES_OR_NO) || value.matches(YES_OR_NO));
    }

    /** Return what {@link #admits} asks for, as words. */
    String expectation() {
        return initial.matches(WHOLE_NUMBER) ? "a whole number" : "true or false";
    }
}
