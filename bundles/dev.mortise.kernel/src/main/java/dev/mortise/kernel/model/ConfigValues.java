// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import dev.mortise.kernel.model.ConfigField.Limits;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares values with what their fields allow. What it answers never holds a value: it may be a secret. */
final class ConfigValues {
    /** Both are kept in full by the database and read back by every mapper. */
    private static final int MOST_DIGITS = 300;

    private ConfigValues() {}

    static Optional<String> objection(ConfigField field, Object value) {
        if (!fits(field.type(), value)) {
            return Optional.of("is " + kind(value) + ", but " + field.type().words() + " is expected");
        }
        if (!kept(value)) {
            return Optional.of(
                    "is or holds a number with more than " + MOST_DIGITS + " digits before or behind the point");
        }
        Limits limits = field.limits();
        return text(limits, value)
                .or(() -> value instanceof Number number ? bounds(limits, decimal(number)) : Optional.empty())
                .or(() -> new ConfigOptions(field).objection(value));
    }

    private static boolean kept(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(ConfigValues::kept);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().allMatch(ConfigValues::kept);
        }
        if (!(value instanceof Number number)) {
            return true;
        }
        if (!finite(number)) {
            return false;
        }
        BigDecimal decimal = decimal(number);
        return decimal.scale() <= MOST_DIGITS && (long) decimal.precision() - decimal.scale() <= MOST_DIGITS;
    }

    private static boolean fits(ConfigField.Type type, Object value) {
        return switch (type) {
            case STRING -> value instanceof String;
            case NUMBER -> value instanceof Number number && finite(number);
            case INTEGER -> value instanceof Number number && finite(number) && whole(number);
            case BOOLEAN -> value instanceof Boolean;
            case JSON -> true;
        };
    }

    private static Optional<String> text(Limits limits, Object value) {
        return value instanceof String text
                ? limits.pattern().flatMap(pattern -> TextPattern.objection(pattern, text))
                : Optional.empty();
    }

    private static Optional<String> bounds(Limits limits, BigDecimal number) {
        if (limits.min().filter(min -> number.compareTo(min) < 0).isPresent()) {
            return limits.min().map(min -> "is below " + min.toPlainString());
        }
        return limits.max().filter(max -> number.compareTo(max) > 0).map(max -> "is above " + max.toPlainString());
    }

    private static boolean finite(Number number) {
        boolean floating = number instanceof Double || number instanceof Float;
        return !floating || Double.isFinite(number.doubleValue());
    }

    private static boolean whole(Number number) {
        return decimal(number).stripTrailingZeros().scale() <= 0;
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    private static String kind(Object value) {
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Collection) {
            return "a list";
        }
        return value instanceof String ? "a text" : value instanceof Map ? "an object" : "true or false";
    }
}
