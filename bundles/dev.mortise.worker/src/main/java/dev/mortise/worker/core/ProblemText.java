// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a refusing answer says of itself: its code, by its problem document (RFC 9457) or else by its status. */
final class ProblemText {
    private static final String MEDIA_TYPE = "application/problem+json";
    private static final Set<String> STANDARD =
            Set.of("type", "title", "status", "code", "detail", "instance", "requestId");

    private ProblemText() {}

    static MortiseException of(Response response, Json json, String otherwise) {
        Map<?, ?> problem = document(response, json);
        ErrorCode code = Optional.ofNullable(problem.get("code"))
                .flatMap(ProblemText::named)
                .orElseGet(() -> byStatus(response.status()));
        String detail =
                Optional.ofNullable(problem.get("detail")).map(Object::toString).orElse(otherwise);
        Map<String, Object> members = new LinkedHashMap<>();
        problem.forEach((name, value) -> {
            if (value != null && !STANDARD.contains(name.toString())) {
                members.put(name.toString(), value);
            }
        });
        return new MortiseException(code, detail, members);
    }

    /** Answers after which time it may be tried again, where that is said in seconds. */
    static Optional<Duration> retryAfter(Response response) {
        return response.headers()
                .first("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private static Map<?, ?> document(Response response, Json json) {
        boolean problem = response.headers()
                .first("Content-Type")
                .filter(type -> type.startsWith(MEDIA_TYPE))
                .isPresent();
        try {
            return problem ? json.read(response.body(), Map.class) : Map.of();
        } catch (IOException | MortiseException e) {
            return Map.of(); // a problem that can't be read still has a status
        }
    }

    private static Optional<ErrorCode> named(Object name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }

    private static ErrorCode byStatus(int status) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.status() == status && code != ErrorCode.VALIDATION_FAILED)
                .findFirst()
                .orElse(status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL);
    }
}
