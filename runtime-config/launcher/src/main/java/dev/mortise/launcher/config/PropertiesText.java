// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads the format of java.util.Properties. */
final class PropertiesText {

    private PropertiesText() {}

    /** Return the comment above a key, as one line. */
    static String comment(String text, String key) {
        Deque<String> comment = new ArrayDeque<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# ")) {
                comment.add(line.substring(2));
            } else if (line.startsWith(key + " ")) {
                break;
            } else {
                comment.clear();
            }
        }
        return String.join(" ", comment);
    }

    /** Return keys and values, or throw IllegalArgumentException when an escape is malformed. */
    static Map<String, String> parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key).strip()));
        return values;
    }
}
