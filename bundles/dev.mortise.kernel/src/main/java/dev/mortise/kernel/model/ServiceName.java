// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.regex.Pattern;

/** Names a plugin service, such as {@code inventory.products}. */
public record ServiceName(String value) implements Comparable<ServiceName> {
    /** The rule as a regular expression. */
    public static final String RULE = "^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+$";

    private static final Pattern PATTERN = Pattern.compile(RULE);

    public ServiceName {
        if (!valid(value)) {
            throw new IllegalArgumentException("'" + value + "' is no service name: words of a-z, 0-9 and hyphens,"
                    + " joined by dots, such as inventory.products.");
        }
    }

    /** Tells whether the text is a service name. */
    public static boolean valid(String text) {
        return text.length() <= 100 && PATTERN.matcher(text).matches();
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
