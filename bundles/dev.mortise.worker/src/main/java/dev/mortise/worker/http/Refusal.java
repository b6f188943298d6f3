// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a request is not answered as its sender wants; becomes a problem document (RFC 9457) like those of the gateway. */
record Refusal(ErrorCode code, String detail, Headers headers, Map<String, Object> members) {
    private static final String MEDIA_TYPE = "application/problem+json";
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

    static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, Headers.none(), Map.of());
    }

    static Refusal retryLater(ErrorCode code, String detail) {
        return of(code, detail).with("Retry-After", "1");
    }

    Refusal with(String name, String value) {
        return new Refusal(code, detail, headers.with(name, value), members);
    }

    /**
     * Writes it.
     *
     * @param instance the path that was asked
     */
    Response response(Json json, String instance, String requestId) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", TITLES.getOrDefault(code.status(), "Error"));
        problem.put("status", code.status());
        problem.put("code", code.name());
        problem.put("detail", detail);
        problem.put("instance", instance);
        problem.put("requestId", requestId);
        members.forEach(problem::putIfAbsent);
        return new Response(code.status(), headers.with("Content-Type", MEDIA_TYPE), json.write(problem));
    }
}
