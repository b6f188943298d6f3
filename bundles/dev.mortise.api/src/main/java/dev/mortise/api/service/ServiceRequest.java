// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to a service.
 *
 * @param target path and query, percent-encoded, starting with a slash
 */
public record ServiceRequest(String method, String target, Headers headers, Body body) {
    private static final Pattern HOLE = Pattern.compile("\\{[^{}/]*}");

    public ServiceRequest {
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(headers, "headers is null");
        Objects.requireNonNull(body, "body is null");
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("A service path starts with '/', not '" + target + "'.");
        }
    }

    /** Makes a request whose path template is filled with the values in order. */
    public static ServiceRequest of(String method, String path, Object... values) {
        return new ServiceRequest(method, fill(path, values), Headers.none(), Body.empty());
    }

    /** Answers this request with a body. */
    public ServiceRequest withBody(String mediaType, Body content) {
        return new ServiceRequest(method, target, headers.with("Content-Type", mediaType), content);
    }

    /** Answers this request with one field set. */
    public ServiceRequest withHeader(String name, String value) {
        return new ServiceRequest(method, target, headers.with(name, value), body);
    }

    private static String fill(String path, Object... values) {
        Matcher hole = HOLE.matcher(path);
        StringBuilder filled = new StringBuilder();
        int next = 0;
        while (hole.find()) {
            if (next == values.length) {
                throw new IllegalArgumentException("No value for " + hole.group() + " in '" + path + "'.");
            }
            hole.appendReplacement(filled, Matcher.quoteReplacement(encode(values[next++])));
        }
        if (next != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + next + " holes in '" + path + "'.");
        }
        return hole.appendTail(filled).toString();
    }

    private static String encode(Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
