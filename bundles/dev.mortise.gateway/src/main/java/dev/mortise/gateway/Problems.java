// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.port.PassingFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where refusals and faults become problem documents (RFC 9457). */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String FALLBACK_TITLE = "Error";
    private static final int WRAPPINGS = 4;
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(508, "Loop Detected"));

    private Problems() {}

    /**
     * Answers a refusal as a problem.
     *
     * @param instance the path that was asked, percent-encoded
     */
    static Response response(Refusal refusal, String instance, String requestId) {
        ErrorCode code = refusal.code();
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", TITLES.getOrDefault(code.status(), FALLBACK_TITLE));
        problem.put("status", code.status());
        problem.put("code", code.name());
        problem.put("detail", refusal.detail());
        problem.put("instance", instance);
        problem.put("requestId", requestId);
        refusal.members().forEach(problem::putIfAbsent);
        return new Response(
                code.status(), refusal.headers().with("Content-Type", MEDIA_TYPE), Body.of(JsonText.of(problem)));
    }

    /**
     * Answers what a caller is told of a fault, and logs what it is not told.
     *
     * @param what what failed, such as "GET /products of plugin 'inventory'"
     */
    static Refusal refusal(Throwable thrown, String what, String requestId) {
        Throwable fault = ofService(thrown);
        if (fault instanceof ServiceException uncaught) {
            return UncaughtRefusal.of(uncaught, what, requestId);
        }
        Optional<String> passing = isRefusal(fault) ? Optional.empty() : PassingFault.in(fault);
        if (passing.isPresent()) {
            LOG.debug("{} failed for the moment, request {}", what, requestId, fault);
            return Refusal.retryLater(ErrorCode.SERVICE_UNAVAILABLE, what + " failed. " + passing.get());
        }
        if (!(fault instanceof MortiseException refused)) {
            LOG.error("{} failed, request {}", what, requestId, fault);
            return unexplained(what, requestId);
        }
        if (!isRefusal(refused)) {
            LOG.error("{} failed, request {}", what, requestId, fault);
        }
        return Refusal.of(refused);
    }

    private static boolean isRefusal(Throwable fault) {
        return fault instanceof MortiseException refused && refused.code().status() != ErrorCode.INTERNAL.status();
    }

    /** Answers a fault about which nothing is told but where it is told. */
    static Refusal unexplained(String what, String requestId) {
        return Refusal.of(ErrorCode.INTERNAL, what + " failed. The log tells why, under request id " + requestId + ".");
    }

    /** A call in the background that its plugin waited for fails in a wrapping, and so does reading an answer. */
    private static Throwable ofService(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; depth < WRAPPINGS && cause != null && wraps(cause); depth++) {
            cause = cause.getCause();
        }
        return cause instanceof ServiceException ? cause : thrown;
    }

    private static boolean wraps(Throwable fault) {
        return fault instanceof CompletionException
                || fault instanceof ExecutionException
                || fault instanceof IOException
                || fault instanceof UncheckedIOException;
    }
}
