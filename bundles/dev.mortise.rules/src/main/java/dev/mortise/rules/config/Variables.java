// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import dev.mortise.kernel.model.ConfigField;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the texts of environment variables as values of fields. */
public final class Variables {
    private static final Set<String> YES = Set.of("true", "yes", "on", "1");
    private static final Set<String> NO = Set.of("false", "no", "off", "0");
    private static final int LONGEST_NUMBER = 100;

    private Variables() {}

    /** Answers the value; nothing when the text is none of the field's type. An empty text is a text, and no number. */
    public static Optional<Object> read(ConfigField field, String text, Function<String, Optional<Object>> json) {
        return switch (field.type()) {
            case STRING -> Optional.of(text);
            case NUMBER, INTEGER -> number(text.strip());
            case BOOLEAN -> flag(text.strip().toLowerCase(Locale.ROOT));
            case JSON -> json.apply(text);
        };
    }

    private static Optional<Object> number(String text) {
        try {
            return text.length() > LONGEST_NUMBER ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> flag(String text) {
        return YES.contains(text) || NO.contains(text) ? Optional.of(YES.contains(text)) : Optional.empty();
    }
}
