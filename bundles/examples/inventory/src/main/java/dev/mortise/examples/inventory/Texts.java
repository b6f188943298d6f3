// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.List;
import java.util.Optional;

/** The rules for texts that clients send. */
final class Texts {
    private Texts() {}

    /** Adds a violation unless the text is there, printable and not too long. */
    static void check(String field, Optional<String> value, int longest, List<String> violations) {
        String text = value.orElse("").strip();
        if (text.isEmpty()) {
            violations.add(field + " is required");
        } else if (text.length() > longest) {
            violations.add(field + " has at most " + longest + " characters, not " + text.length());
        }
        checkPrintable(field, text, violations);
    }

    /** Adds a violation for control characters: PostgreSQL stores no NUL, and no list looks good with the others. */
    static void checkPrintable(String field, String text, List<String> violations) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            violations.add(field + " holds a control character");
        }
    }

    /** Refuses the request when there are violations. */
    static void refuse(List<String> violations) {
        if (!violations.isEmpty()) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, String.join("; ", violations) + ".");
        }
    }
}
