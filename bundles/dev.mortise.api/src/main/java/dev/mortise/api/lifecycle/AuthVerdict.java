// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.lifecycle;

import java.util.Optional;

/**
 * Whether credentials are good.
 *
 * @param message what is wrong with them, or what else people should know; never a piece of a credential
 */
public record AuthVerdict(boolean valid, Optional<String> message) {
    /** They are good. */
    public static final AuthVerdict VALID = new AuthVerdict(true, Optional.empty());

    /** They are not, with the sentence why. */
    public static AuthVerdict invalid(String message) {
        return new AuthVerdict(false, Optional.of(message));
    }
}
