// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a bundle header (OSGi Core 3.2.4).
 *
 * @param paths what stands before the first parameter
 * @param attributes parameters written {@code name=value}; the type of a typed one is dropped
 * @param directives parameters written {@code name:=value}
 */
record Clause(List<String> paths, Map<String, String> attributes, Map<String, String> directives) {
    /** Reads a header; malformed parts are read as paths, because judging the syntax is the framework's business. */
    static List<Clause> parse(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String clause : split(header, ',')) {
            clauses.add(clause(clause));
        }
        return clauses;
    }

    private static Clause clause(String text) {
        Clause clause = new Clause(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        for (String part : split(text, ';')) {
            clause.add(part);
        }
        return clause;
    }

    private void add(String part) {
        int quote = part.indexOf('"');
        int equals = part.indexOf('=');
        if (equals < 0 || (quote >= 0 && quote < equals)) {
            paths.add(part);
            return;
        }
        String name = part.substring(0, equals).strip();
        String value = unquote(part.substring(equals + 1).strip());
        if (name.endsWith(":")) {
            directives.put(name.substring(0, name.length() - 1).strip(), value);
        } else {
            int type = name.indexOf(':');
            attributes.put(type < 0 ? name : name.substring(0, type).strip(), value);
        }
    }

    private static String unquote(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length() || (text.charAt(i) == separator && !quoted);
            if (end) {
                String part = text.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            } else if (text.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return parts;
    }
}
