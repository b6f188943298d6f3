// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what a refusing answer says of itself: its code, by its problem document or else by its status, and the rest. */
final class ProblemText {
    private static final Set<String> STANDARD =
            Set.of("type", "title", "status", "code", "detail", "instance", "requestId");

    private ProblemText() {}

    /**
     * Answers the problem, its members without the standard ones.
     *
     * @param otherwise what is said when the answer has no sentence of its own
     */
    static MortiseException of(Response response, Supplier<Json> json, String otherwise) {
        Map<?, ?> problem = document(response, json);
        ErrorCode code = Optional.ofNullable(problem.get("code"))
                .flatMap(name -> named(name.toString()))
                .orElseGet(() -> byStatus(response.status()));
        String detail =
                Optional.ofNullable(problem.get("detail")).map(Object::toString).orElse(otherwise);
        Map<String, Object> members = withoutNull(problem);
        members.keySet().removeAll(STANDARD);
        return new MortiseException(code, detail, members);
    }

    private static Map<?, ?> document(Response response, Supplier<Json> json) {
        boolean problem = response.headers()
                .first("Content-Type")
                .filter(type -> type.startsWith(Problems.MEDIA_TYPE))
                .isPresent();
        try {
            return problem ? json.get().read(response.body(), Map.class) : Map.of();
        } catch (IOException | MortiseException e) {
            return Map.of(); // a problem that can't be read still has a status
        }
    }

    /** Members of a problem that is thrown are never null; those of one that was sent may be. */
    private static Map<String, Object> withoutNull(Map<?, ?> members) {
        Map<String, Object> plain = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                plain.put(String.valueOf(name), plain(value));
            }
        });
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(Objects::nonNull)
                    .map(ProblemText::plain)
                    .toList();
        }
        return value instanceof Map<?, ?> map ? withoutNull(map) : value;
    }

    private static Optional<ErrorCode> named(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }

    private static ErrorCode byStatus(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.PERMISSION_DENIED;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 408 -> ErrorCode.REQUEST_TIMEOUT;
            case 409 -> ErrorCode.CONFLICT;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 414 -> ErrorCode.URI_TOO_LONG;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 431 -> ErrorCode.HEADERS_TOO_LARGE;
            case 502 -> ErrorCode.SERVICE_FAILED;
            case 503 -> ErrorCode.SERVICE_UNAVAILABLE;
            case 504 -> ErrorCode.DEADLINE_EXCEEDED;
            case 508 -> ErrorCode.LOOP_DETECTED;
            default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
        };
    }
}
