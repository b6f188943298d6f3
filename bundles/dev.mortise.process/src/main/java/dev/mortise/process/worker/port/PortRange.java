// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.port;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports from one to another, both included. */
public record PortRange(int first, int last) {
    private static final Pattern SHAPE = Pattern.compile("\\s*(\\d{1,5})\\s*(?:-\\s*(\\d{1,5})\\s*)?");

    public PortRange {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException(first + "-" + last + " is no range of ports from 1 to 65535.");
        }
    }

    /**
     * Reads {@code 15000-15999}, or a single port.
     *
     * @param key what it is the value of, for the sentence when it is none
     */
    public static PortRange parse(String key, String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    key + " is '" + text + "', and a port, or two with a hyphen between them, is expected.");
        }
        int first = Integer.parseInt(parts.group(1));
        String last = parts.group(2);
        return new PortRange(first, last == null ? first : Integer.parseInt(last));
    }

    /** Answers how many they are. */
    public int size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + "-" + last;
    }
}
