// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting that a plugin declares in {@code plugin.json}. Values are what JSON has: text, numbers, truth values, lists, maps.
 *
 * @param fallback the value that holds where nobody gave one
 * @param env the variable of the host whose text holds where the tenant gave no value, and the operator allows it
 * @param encrypted whether its values are kept and shown as secrets
 */
public record ConfigField(
        String name,
        Type type,
        String label,
        String description,
        boolean required,
        Optional<Object> fallback,
        Optional<String> env,
        boolean encrypted,
        Scope scope,
        Limits limits) {
    /** The kinds of values. */
    public enum Type {
        STRING("a text"),
        NUMBER("a number"),
        INTEGER("a whole number"),
        BOOLEAN("true or false"),
        JSON("any JSON value");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        /** Answers the word of {@code plugin.json}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Answers what a value of this kind is, for sentences. */
        public String words() {
            return words;
        }
    }

    /** Whose value it is: each tenant's own, or one of the container for all. */
    public enum Scope {
        TENANT,
        CONTAINER;

        /** Answers the word of {@code plugin.json}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What values keep to beside their kind.
     *
     * @param pattern an expression that the whole text matches
     * @param options the only values that are allowed; empty when all are
     */
    public record Limits(
            Optional<String> pattern, Optional<BigDecimal> min, Optional<BigDecimal> max, List<Object> options) {
        /** Allows every value. */
        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

        public Limits {
            options = List.copyOf(options);
        }
    }

    /** Answers what is wrong with a value, as in "is a text, but a number is expected"; never quotes the value. */
    public Optional<String> objection(Object value) {
        return ConfigValues.objection(this, value);
    }
}
