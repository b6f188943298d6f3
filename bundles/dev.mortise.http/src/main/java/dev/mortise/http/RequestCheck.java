// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Refuses what well-formed HTTP allows and this listener does not. */
record RequestCheck(HttpSettings.Limits limits) {
    Optional<Refusal> refuse(Request request) {
        if (!hasPath(request) || !isVisibleAscii(request.getHttpURI().getQuery())) {
            return refusal(
                    ErrorCode.BAD_PATH,
                    "A request target starts with '/' and is of visible ASCII; encode anything else.");
        }
        String coding = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
        if (coding != null && isHttp10(request)) {
            return refusal(ErrorCode.BAD_REQUEST, "HTTP/1.0 knows no Transfer-Encoding.");
        }
        if (coding != null && !coding.strip().equalsIgnoreCase("chunked")) {
            return Optional.of(new Refusal(
                    ErrorCode.BAD_REQUEST,
                    HttpStatus.NOT_IMPLEMENTED_501,
                    "The only Transfer-Encoding that is read is 'chunked'. Say with Content-Encoding how the content itself is"
                            + " packed."));
        }
        if (request.getHeaders().size() > limits.headerFields()) {
            return refusal(
                    ErrorCode.HEADERS_TOO_LARGE,
                    "A request has at most %d fields, not %d. Send fewer, or raise 'header.max.fields' in etc/http.properties."
                            .formatted(
                                    limits.headerFields(), request.getHeaders().size()));
        }
        return Optional.empty();
    }

    /** OPTIONS * has none, nor has CONNECT, for which Jetty makes one up; what a path may hold Jetty has judged, strictly. */
    private static boolean hasPath(Request request) {
        return request.getHttpURI().getPath().startsWith("/")
                && !request.getMethod().equals("CONNECT");
    }

    /** A server on the way may have taken the field for nothing and the content for the next request. */
    private static boolean isHttp10(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0;
    }

    private static boolean isVisibleAscii(@Nullable String text) {
        if (text != null) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                    return false;
                }
            }
        }
        return true;
    }

    private static Optional<Refusal> refusal(ErrorCode code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }
}
