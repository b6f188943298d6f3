// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.ServiceDeclaration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads whole numbers out of what a service says of itself. */
final class Numbers {
    /** A whole number may be written as {@code 100.0}: to the schema that is one. */
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,9})(\\.0{1,9})?");

    private Numbers() {}

    /** Answers a number above zero; anything else is none. */
    static Optional<Long> of(ServiceDeclaration service, String key) {
        return Optional.ofNullable(service.metadata().get(key))
                .map(WHOLE::matcher)
                .filter(Matcher::matches)
                .map(number -> Long.valueOf(number.group(1)))
                .filter(number -> number > 0);
    }
}
