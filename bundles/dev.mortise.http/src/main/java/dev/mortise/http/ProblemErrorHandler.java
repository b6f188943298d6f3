// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses by itself, such as a broken request line, as a problem; the connection is closed. */
final class ProblemErrorHandler implements Request.Handler {
    private final RefusedRequests refused;
    private final IntSupplier headerBytes;

    /**
     * Makes a handler.
     *
     * @param headerBytes what request line and fields may have together, as it is set now
     */
    ProblemErrorHandler(RefusedRequests refused, IntSupplier headerBytes) {
        this.refused = refused;
        this.headerBytes = headerBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Refusal refusal = refusal(request, response.getStatus());
        refused.add(request, refusal);
        response.setStatus(refusal.status());
        HttpFields.Mutable fields = response.getHeaders();
        fields.put(HttpHeader.CONTENT_TYPE, Refusal.MEDIA_TYPE);
        fields.put(HttpHeader.CACHE_CONTROL, "no-store");
        fields.put(Refusal.ID_FIELD, refusal.requestId());
        fields.put(new HttpField(HttpHeader.CONNECTION, "close"));
        response.write(true, ByteBuffer.wrap(refusal.json().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private Refusal refusal(Request request, int status) {
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        if (!(cause instanceof HttpException refused)) {
            return new Refusal(code(status), status, HttpStatus.getMessage(status) + ".");
        }
        if (unreadable(request, refused)) {
            return new Refusal(
                    ErrorCode.BAD_PATH,
                    "The request target can't be read: an escape in it is no %XX, or stands for nothing.");
        }
        if (refused.getCode() == HttpStatus.URI_TOO_LONG_414
                || refused.getCode() == HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431) {
            return tooLong(refused.getCode());
        }
        boolean path = request.getHttpURI().hasViolations();
        String reason = refused.getReason() == null ? HttpStatus.getMessage(refused.getCode()) : refused.getReason();
        return new Refusal(
                path ? ErrorCode.BAD_PATH : code(refused.getCode()), refused.getCode(), sentence(path, reason));
    }

    private Refusal tooLong(int status) {
        return new Refusal(
                code(status),
                status,
                "The request line and the fields have more than %d KB together. Send less, or raise 'header.max.kb' in etc/http.properties."
                        .formatted(headerBytes.getAsInt() / 1024));
    }

    /** Jetty puts a path of its own in the place of a target that it could not take apart. */
    private static boolean unreadable(Request request, HttpException refused) {
        return "/badMessage".equals(request.getHttpURI().getPath())
                && refused instanceof Throwable thrown
                && thrown.getCause() instanceof IllegalArgumentException;
    }

    private static String sentence(boolean path, String reason) {
        return (path
                        ? "The request target can be read in more than one way: "
                        : "The request is not well-formed HTTP: ")
                + reason + ".";
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 408 -> ErrorCode.REQUEST_TIMEOUT;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 414 -> ErrorCode.URI_TOO_LONG;
            case 431 -> ErrorCode.HEADERS_TOO_LARGE;
            case 503 -> ErrorCode.SERVICE_UNAVAILABLE;
            case 501, 505 -> ErrorCode.BAD_REQUEST;
            default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
        };
    }
}
