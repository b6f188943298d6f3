// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Why;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Refusals that orders and dry runs share. */
record Refusals(Json json) {
    MortiseException notTaken(String message, List<Why.Item> problems) throws IOException {
        return new MortiseException(ErrorCode.VALIDATION_FAILED, message, Map.of("problems", problems(problems)));
    }

    /** Answers problems for the problem document, in the shape that {@code why} has. */
    List<?> problems(List<Why.Item> problems) throws IOException {
        return json.read(json.write(problems), List.class);
    }

    static MortiseException invalid(String message) {
        return new MortiseException(ErrorCode.VALIDATION_FAILED, message);
    }

    /** The gateway adds Retry-After. */
    static MortiseException unavailable(String message) {
        return new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, message);
    }
}
