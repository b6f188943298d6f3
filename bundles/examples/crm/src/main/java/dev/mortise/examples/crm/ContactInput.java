// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.Optional;

/** A contact as a client sends it. */
record ContactInput(Optional<String> name, Optional<String> email) {
    private static final int LONGEST = 200;

    /** Answers itself; refuses what is no contact. */
    ContactInput validated() {
        require(name.filter(text -> !text.isBlank()).isPresent(), "name is required.");
        require(name.filter(ContactInput::fits).isPresent(), "name has at most 200 printable characters.");
        require(email.isEmpty() || email.filter(ContactInput::address).isPresent(), "email is no address.");
        return this;
    }

    private static boolean fits(String text) {
        return text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    private static boolean address(String text) {
        return fits(text) && text.matches("[^\\s@]+@[^\\s@]+");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, message);
        }
    }
}
