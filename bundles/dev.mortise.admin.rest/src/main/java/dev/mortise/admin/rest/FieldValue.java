// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a header field with parameters, such as {@code form-data; name="jar"} (RFC 9110, section 5.6.6).
 *
 * @param value what stands before the parameters, in lower case
 * @param parameters by their names in lower case
 */
record FieldValue(String value, Map<String, String> parameters) {
    private static final int LONGEST = 1000; // also bounds how deep the pattern recurs
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*(?:([^\\s\"=;]+)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\";]+)))?\\s*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])"); // browsers leave other backslashes alone

    /** Reads the text of a field; its name is for the refusal. */
    static FieldValue parse(String field, String text) {
        int at = text.indexOf(';') < 0 ? text.length() : text.indexOf(';');
        String value = text.substring(0, at).strip().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        for (Matcher next = PARAMETER.matcher(text); at < text.length(); at = next.end()) {
            if (text.length() > LONGEST || !next.region(at, text.length()).lookingAt() || !taken(next, parameters)) {
                throw Refusals.invalid(field + " is malformed: '" + text.substring(0, Math.min(text.length(), 200))
                        + "'. Expected is: value; name=\"text\".");
            }
        }
        return new FieldValue(value, parameters);
    }

    boolean is(String other) {
        return value.equals(other);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static boolean taken(Matcher parameter, Map<String, String> parameters) {
        String name = parameter.group(1);
        if (name == null) {
            return true; // a semicolon with nothing behind it
        }
        String quoted = parameter.group(2);
        String text =
                quoted == null ? parameter.group(3) : ESCAPED.matcher(quoted).replaceAll("$1");
        return parameters.put(name.toLowerCase(Locale.ROOT), text) == null;
    }
}
