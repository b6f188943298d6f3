// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a refusing answer says of itself: its code, by its problem document or else by its status, and its sentence. */
record ProblemText(ErrorCode code, Optional<String> detail) {
    static ProblemText of(Response response, Supplier<Json> json) {
        Map<?, ?> problem = document(response, json);
        ErrorCode code = Optional.ofNullable(problem.get("code"))
                .flatMap(name -> named(name.toString()))
                .orElseGet(() -> byStatus(response.status()));
        return new ProblemText(code, Optional.ofNullable(problem.get("detail")).map(Object::toString));
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
            case 409 -> ErrorCode.CONFLICT;
            case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 503 -> ErrorCode.SERVICE_UNAVAILABLE;
            case 504 -> ErrorCode.DEADLINE_EXCEEDED;
            case 508 -> ErrorCode.LOOP_DETECTED;
            default -> status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL;
        };
    }
}
