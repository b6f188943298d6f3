// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import dev.mortise.api.call.TenantId;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Speaks of Java's types in words of JSON. */
final class Words {
    private static final int SHOWN = 60;
    // A place in a text that the parser does not show.
    private static final Pattern SOURCE =
            Pattern.compile("\\[Source: [^;]*(?:;[^;\\]]*)?; (line: \\d+, column: \\d+)\\]");

    // What stands in the text itself: it may be a secret that somebody wrote without its quotes.
    private static final Pattern QUOTED = Pattern.compile("(?<=^Unrecognized token) '.*'(?=: was expecting)"
            + "|(?<=^Unexpected character) \\('[\\p{L}\\p{N}]' \\(code [^)]*\\)\\)"
            + "|(?<=^Unrecognized character escape) .*");
    private static final Pattern DEPTH = Pattern.compile(
            "Document nesting depth \\(\\d+\\) exceeds the maximum allowed \\((\\d+).*", Pattern.DOTALL);

    private Words() {}

    static String wanted(@Nullable Class<?> type) {
        if (type == null || type == Object.class || type == Optional.class) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (CharSequence.class.isAssignableFrom(type) || type == TenantId.class) {
            return "a text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return scalar(type);
    }

    private static String scalar(Class<?> type) {
        if (type == float.class || type == double.class || type == Float.class || type == Double.class) {
            return "a number";
        }
        if (type.isPrimitive() || type == Integer.class || type == Long.class || type == Short.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "a time such as 2026-01-31T12:00:00Z, or its part that fits,";
        }
        return type == UUID.class ? "a UUID" : "an object";
    }

    /** Answers what a parser says, without its hints for programmers. */
    static String plain(String message) {
        String first = message.lines().findFirst().orElse("").replaceFirst(": enable `.*", "");
        return QUOTED.matcher(SOURCE.matcher(first).replaceAll("$1")).replaceAll("");
    }

    /** Answers what a parser says of a limit, as in "is nested deeper than 200 levels". */
    static String limit(String message) {
        Matcher depth = DEPTH.matcher(message);
        return depth.matches()
                ? "is nested deeper than " + depth.group(1) + " levels"
                : "exceeds a limit: " + message.replaceAll(", from `[^`]*`", "");
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
