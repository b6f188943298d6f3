// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A request to a service.
 *
 * @param target path and query, percent-encoded, starting with a slash
 */
public record ServiceRequest(String method, String target, Headers headers, Body body) {
    public ServiceRequest {
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(headers, "headers is null");
        Objects.requireNonNull(body, "body is null");
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("A service path starts with '/', not '" + target + "'.");
        }
    }

    /**
     * Makes a request whose path template is filled with the values in order, each percent-encoded. A value in the path is
     * one segment or a part of one: what holds a slash, a backslash, {@code %}, {@code ;}, {@code ?} or {@code #}, is empty
     * or a run of dots is refused as {@code BAD_PATH} when it is sent, in this process as over HTTP. Such values go into
     * the query, which takes any: {@code of("GET", "/products?sku={sku}", sku)}.
     *
     * @throws IllegalArgumentException when there are more or fewer values than holes
     */
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
        StringBuilder filled = new StringBuilder(path.length() + 16);
        int done = 0;
        int next = 0;
        for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', open + 1)) {
            int close = endOfHole(path, open);
            if (close > 0) {
                if (next == values.length) {
                    throw new IllegalArgumentException(
                            "No value for " + path.substring(open, close + 1) + " in '" + path + "'.");
                }
                filled.append(path, done, open).append(encode(String.valueOf(values[next++])));
                done = close + 1;
            }
        }
        if (next != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + next + " holes in '" + path + "'.");
        }
        return filled.append(path, done, path.length()).toString();
    }

    /** Answers where the hole that begins here ends, 0 when it is none: braces around anything but braces and slashes. */
    private static int endOfHole(String path, int open) {
        for (int i = open + 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '}') {
                return i;
            }
            if (c == '{' || c == '/') {
                return 0;
            }
        }
        return 0;
    }

    /** Most values are numbers and identifiers, which stay as they are. */
    private static String encode(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!plain(value.charAt(i))) {
                return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            }
        }
        return value;
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
