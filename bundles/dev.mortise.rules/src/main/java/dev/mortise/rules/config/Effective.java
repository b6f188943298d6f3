// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import dev.mortise.kernel.model.ConfigField;
import java.util.Optional;

/** The value of a field that holds: the one given, else the environment's, else the default. */
public sealed interface Effective {
    /** Where a value comes from. */
    enum Source {
        /** The tenant gave it, or the file of the container. */
        GIVEN,
        /** The environment of the host. */
        ENV,
        /** The manifest of the plugin. */
        DEFAULT
    }

    /** It has a value. */
    record Found(Object value, Source source) implements Effective {}

    /**
     * It has none.
     *
     * @param sentence what is wrong with that; empty when a value need not be there
     */
    record Missing(Optional<String> sentence) implements Effective {}

    /** It has a value that can't be used, with the sentence why. */
    record Unusable(String sentence) implements Effective {}

    /** Finds it; {@code ""}, 0 and false are values. */
    static Effective of(ConfigField field, Optional<Object> given, Surroundings around) {
        if (given.isPresent()) {
            return judged(field, given.get(), Source.GIVEN, "The value of '" + field.name() + "' ");
        }
        Optional<String> text = field.env().flatMap(around.variable());
        if (text.isPresent()) {
            String what = "Environment variable " + field.env().orElse("") + " for '" + field.name() + "' ";
            return Variables.read(field, text.get(), around.json())
                    .map(value -> judged(field, value, Source.ENV, what))
                    .orElseGet(
                            () -> new Unusable(what + "is not " + field.type().words() + "."));
        }
        return field.fallback()
                .<Effective>map(value -> new Found(value, Source.DEFAULT))
                .orElseGet(() -> new Missing(field.required() ? Optional.of(missing(field)) : Optional.empty()));
    }

    /** Answers the sentence about a value that must be there and is not. */
    static String missing(ConfigField field) {
        String hint = field.env()
                .map(name -> " or set the environment variable " + name + " and allow it for this plugin")
                .orElse("");
        return "'%s' (%s) is required and has no value. Set it%s."
                .formatted(field.name(), field.label(), hint.isEmpty() ? "" : "," + hint);
    }

    private static Effective judged(ConfigField field, Object value, Source source, String what) {
        return field.objection(value)
                .<Effective>map(wrong -> new Unusable(what + wrong + "."))
                .orElseGet(() -> new Found(value, source));
    }
}
