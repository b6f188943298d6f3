// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.error.ErrorCode;
import java.util.Optional;

/**
 * What the listener refused by itself, because it never became an exchange: malformed, too large, too slow.
 *
 * @param requestId the id that its answer names
 * @param asked method and path, as far as they were understood
 * @param status what was answered; 408 also where a connection was closed without a word
 */
public record RefusedExchange(
        String requestId, Optional<Asked> asked, String clientAddress, ErrorCode code, int status) {
    /** What a client asked for, as sent. */
    public record Asked(String method, String rawPath) {}
}
