// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.call.Identity;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An order for a token as a client sends it: every field may be missing. */
record TokenOrder(Optional<String> name, Optional<List<String>> permissions, Optional<Instant> expiresAt) {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_PERMISSIONS = 100;
    private static final int LONGEST_PERMISSION = 200;
    private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)+");

    /**
     * Answers the token that is wanted.
     *
     * @throws MortiseException VALIDATION_FAILED with every violation at once; PERMISSION_DENIED when the creator would
     *     give away what it does not hold itself
     */
    NewToken validated(Identity creator, Instant now) {
        List<String> violations = new ArrayList<>();
        checkName(violations);
        checkPermissions(violations);
        expiresAt
                .filter(end -> !end.isAfter(now))
                .ifPresent(end -> violations.add("expiresAt lies in the future, but " + end + " does not"));
        if (!violations.isEmpty()) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, String.join("; ", violations) + ".");
        }
        List<String> wanted =
                permissions.orElse(List.of()).stream().distinct().sorted().toList();
        requireHeld(creator, wanted);
        return new NewToken(name.orElseThrow().strip(), wanted, expiresAt, creator.id());
    }

    private void checkName(List<String> violations) {
        String text = name.orElse("").strip();
        if (text.isEmpty()) {
            violations.add("name is required");
        } else if (text.length() > LONGEST_NAME) {
            violations.add("name has at most " + LONGEST_NAME + " characters, not " + text.length());
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            violations.add("name holds a control character");
        }
    }

    private void checkPermissions(List<String> violations) {
        List<String> wanted = permissions.orElse(List.of());
        if (wanted.size() > MOST_PERMISSIONS) {
            violations.add("permissions has at most " + MOST_PERMISSIONS + " entries, not " + wanted.size());
            return;
        }
        for (String permission : wanted) {
            if (permission == null || !grantable(permission)) {
                violations.add("'" + permission + "' is no permission that a token can hold");
            }
        }
    }

    /** The container takes everything and its own permissions from any identity that a plugin makes. */
    private static boolean grantable(String permission) {
        return permission.length() <= LONGEST_PERMISSION
                && PERMISSION.matcher(permission).matches()
                && !permission.startsWith("mortise.");
    }

    private static void requireHeld(Identity creator, List<String> wanted) {
        List<String> foreign =
                wanted.stream().filter(permission -> !creator.has(permission)).toList();
        if (!foreign.isEmpty()) {
            throw new MortiseException(
                    ErrorCode.PERMISSION_DENIED,
                    "'" + creator.id() + "' can't give what it does not hold itself: '" + String.join("', '", foreign)
                            + "'.");
        }
    }
}
