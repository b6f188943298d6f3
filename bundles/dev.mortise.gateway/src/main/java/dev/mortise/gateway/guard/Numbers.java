// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.ServiceDeclaration;
import java.util.Optional;

/** Reads whole numbers out of what a service says of itself. */
final class Numbers {
    private static final String DIGITS = "[0-9]{1,9}";

    private Numbers() {}

    /** Answers a number above zero; anything else is none. */
    static Optional<Long> of(ServiceDeclaration service, String key) {
        return Optional.ofNullable(service.metadata().get(key))
                .filter(text -> text.matches(DIGITS))
                .map(Long::valueOf)
                .filter(number -> number > 0);
    }
}
