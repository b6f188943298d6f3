// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.error;

import java.util.Map;
import java.util.Objects;

/**
 * A refusal with a stable code. A handler may throw it: the gateway answers with the code's status and the message as
 * the problem's detail. The message names what happened, to whom, what was expected and what to do.
 */
public class MortiseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, Object> members;

    /** Makes a refusal; refusals are answers, so no stack trace is recorded for codes below 500. */
    public MortiseException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    /**
     * Makes a refusal that tells more than its message.
     *
     * @param members further members of the problem document (RFC 9457, section 3.2), such as {@code blockers} or
     *     {@code alternatives}; never the standard ones. Text, numbers, truth values, and lists and maps of those
     */
    public MortiseException(ErrorCode code, String message, Map<String, ?> members) {
        super(message, null, false, code.status() == 500);
        this.code = Objects.requireNonNull(code, "code is null");
        this.members = ProblemMembers.copyOf(members);
    }

    /** Makes a refusal that another fault caused. */
    public MortiseException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code is null");
        this.members = Map.of();
    }

    /** Answers the stable code. */
    public ErrorCode code() {
        return code;
    }

    /** Answers the further members of the problem document, by name; empty for most. */
    public Map<String, Object> members() {
        return members;
    }
}
