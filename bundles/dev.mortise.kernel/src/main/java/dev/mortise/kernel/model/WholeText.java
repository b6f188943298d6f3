// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that are kept as they are: PostgreSQL's text and jsonb hold no U+0000, and half of a surrogate pair is no character
 * in UTF-8 (RFC 3629, section 3).
 */
public final class WholeText {
    private WholeText() {}

    /** Answers why a text can't be kept, as the rest of a sentence; it shows nothing of the text. */
    public static Optional<String> objection(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("has the character U+0000, which can't be kept");
        }
        return text.codePoints().anyMatch(WholeText::half)
                ? Optional.of("has half of a surrogate pair, which is no character")
                : Optional.empty();
    }

    /** The same of a value and all that is in it, names included. */
    public static Optional<String> objectionIn(Object value) {
        if (value instanceof String text) {
            return objection(text);
        }
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .flatMap(member ->
                            objection(String.valueOf(member.getKey()))
                                    .or(() -> objectionIn(member.getValue()))
                                    .stream())
                    .findFirst();
        }
        return value instanceof Collection<?> elements
                ? elements.stream()
                        .flatMap(element -> objectionIn(element).stream())
                        .findFirst()
                : Optional.empty();
    }

    private static boolean half(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
