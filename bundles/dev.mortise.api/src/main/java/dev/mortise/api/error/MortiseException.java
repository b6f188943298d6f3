// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.error;

import java.util.Objects;

/**
 * A refusal with a stable code. A handler may throw it: the gateway answers with the code's status and the message as
 * the problem's detail. The message names what happened, to whom, what was expected and what to do.
 */
public class MortiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** Makes a refusal; refusals are answers, so no stack trace is recorded for codes below 500. */
    public MortiseException(ErrorCode code, String message) {
        super(message, null, false, code.status() == 500);
        this.code = Objects.requireNonNull(code, "code is null");
    }

    /** Makes a refusal that another fault caused. */
    public MortiseException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code is null");
    }

    /** Answers the stable code. */
    public ErrorCode code() {
        return code;
    }
}
