// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The only values that a field may have. They are compared as JSON has them: a number is its value, however it is written. */
record ConfigOptions(ConfigField field) {
    Optional<String> objection(Object value) {
        List<Object> options = field.limits().options();
        boolean good = options.isEmpty() || options.stream().anyMatch(option -> same(option, value));
        return good
                ? Optional.empty()
                : Optional.of("is none of " + options.stream().map(this::shown).collect(Collectors.joining(", ")));
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number number && other instanceof Number value) {
            return decimal(number).compareTo(decimal(value)) == 0;
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> value) {
            return map.keySet().equals(value.keySet())
                    && map.keySet().stream().allMatch(key -> same(map.get(key), value.get(key)));
        }
        if (one instanceof List<?> list && other instanceof List<?> value) {
            return each(list, value);
        }
        return Objects.equals(one, other);
    }

    private static boolean each(List<?> list, List<?> others) {
        Iterator<?> rest = others.iterator();
        return list.size() == others.size() && list.stream().allMatch(element -> same(element, rest.next()));
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }

    /** Texts stand as they are where nothing but a text may be meant. */
    private String shown(Object option) {
        return field.type() == ConfigField.Type.JSON ? json(option) : String.valueOf(option);
    }

    private static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConfigOptions::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        return text.codePoints().mapToObj(ConfigOptions::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            default -> character < ' ' ? "\\u%04x".formatted(character) : Character.toString(character);
        };
    }
}
