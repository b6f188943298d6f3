// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.api.service.ServiceException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What whoever calls a plugin gets when a call of that plugin failed and the plugin did not catch it: never what was said
 * to the plugin, such as 401 or 404, as if it were said to him (docs/decisions/0022).
 */
final class UncaughtRefusal {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtRefusal.class);

    private UncaughtRefusal() {}

    /** Answers the refusal; logs what it does not tell. */
    static Refusal of(ServiceException fault, String what, String requestId) {
        ErrorCode code = code(fault);
        return switch (code) {
            case INTERNAL -> ownFault(fault, what, requestId);
            case SERVICE_FAILED -> unusable(fault, what, requestId);
            case SERVICE_UNAVAILABLE -> kept(fault, code).with("Retry-After", seconds(fault));
            default -> kept(fault, code);
        };
    }

    private static ErrorCode code(ServiceException fault) {
        return switch (fault.status()) {
            case 429, 503 -> ErrorCode.SERVICE_UNAVAILABLE;
            case 504 -> ErrorCode.DEADLINE_EXCEEDED;
            case 508 -> ErrorCode.LOOP_DETECTED;
            default -> fault.answered() ? ErrorCode.SERVICE_FAILED : refused(fault.code());
        };
    }

    /** The gateway's refusals of who calls are about the client too; all others are about what the plugin asked for. */
    private static ErrorCode refused(ErrorCode code) {
        return switch (code) {
            case PERMISSION_DENIED, TENANT_SUSPENDED -> code;
            case SERVICE_NOT_FOUND -> ErrorCode.SERVICE_UNAVAILABLE;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static Refusal kept(ServiceException fault, ErrorCode code) {
        Map<String, Object> members = fault.answered() ? Map.of() : fault.members();
        return new Refusal(code, String.valueOf(fault.getMessage()), Headers.none(), members);
    }

    private static String seconds(ServiceException fault) {
        return Long.toString(
                Math.max(1, fault.retryAfter().map(Duration::toSeconds).orElse(1L)));
    }

    private static Refusal ownFault(ServiceException fault, String what, String requestId) {
        LOG.error(
                "{} failed, request {}: its call of service '{}' was refused, {}: {}",
                what,
                requestId,
                fault.service(),
                fault.code(),
                fault.getMessage());
        return Problems.unexplained(what, requestId);
    }

    private static Refusal unusable(ServiceException fault, String what, String requestId) {
        LOG.warn(
                "{} failed, request {}: service '{}' answered {} {}: {}",
                what,
                requestId,
                fault.service(),
                fault.status(),
                fault.code(),
                fault.getMessage());
        return Refusal.of(
                ErrorCode.SERVICE_FAILED,
                "%s failed: service '%s' answered it with status %d, which it does not handle. The log tells more, under request id %s."
                        .formatted(what, fault.service(), fault.status(), requestId));
    }
}
