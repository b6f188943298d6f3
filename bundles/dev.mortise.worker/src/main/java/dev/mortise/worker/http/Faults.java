// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Headers;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.port.PassingFault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller is told of a handler's fault: the same that he would be told if the plugin ran in the container. */
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private Faults() {}

    /**
     * Answers what a caller is told, and logs what he is not told.
     *
     * @param what what failed, such as "GET /products of plugin 'inventory'"
     */
    static Refusal refusal(Throwable thrown, String what, String requestId) {
        Throwable fault = ofService(thrown);
        if (fault instanceof ServiceException uncaught) {
            return uncaught(uncaught, what, requestId);
        }
        boolean refused = fault instanceof MortiseException own && own.code().status() != ErrorCode.INTERNAL.status();
        Optional<String> passing = refused ? Optional.empty() : PassingFault.in(fault);
        if (passing.isPresent()) {
            return Refusal.retryLater(ErrorCode.SERVICE_UNAVAILABLE, what + " failed. " + passing.get());
        }
        if (!refused) {
            LOG.error("{} failed, request {}", what, requestId, fault);
        }
        return fault instanceof MortiseException own
                ? new Refusal(own.code(), String.valueOf(own.getMessage()), Headers.none(), own.members())
                : unexplained(what, requestId);
    }

    private static Refusal unexplained(String what, String requestId) {
        return Refusal.of(ErrorCode.INTERNAL, what + " failed. The log tells why, under request id " + requestId + ".");
    }

    /** A call in the background that its plugin waited for fails in a wrapping. */
    private static Throwable ofService(Throwable thrown) {
        boolean wraps = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        return wraps && thrown.getCause() instanceof ServiceException failed ? failed : thrown;
    }

    /** What was said to the plugin is not said to its client (docs/decisions/0022). */
    private static Refusal uncaught(ServiceException fault, String what, String requestId) {
        ErrorCode code = code(fault);
        LOG.warn(
                "{} failed, request {}: service '{}' answered {} {}: {}",
                what,
                requestId,
                fault.service(),
                fault.status(),
                fault.code(),
                fault.getMessage());
        return switch (code) {
            case INTERNAL -> unexplained(what, requestId);
            case SERVICE_FAILED ->
                Refusal.of(
                        code,
                        "%s failed: service '%s' answered it with status %d, which it does not handle. The log tells more, under request id %s."
                                .formatted(what, fault.service(), fault.status(), requestId));
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
}
