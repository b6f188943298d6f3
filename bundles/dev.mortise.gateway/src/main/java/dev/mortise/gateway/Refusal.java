// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Headers;
import java.util.List;
import java.util.Map;

/**
 * Why a call is not carried, as a value.
 *
 * @param headers fields of the answer that belong to the code: Allow, Retry-After, WWW-Authenticate
 * @param members further members of the problem document
 */
record Refusal(ErrorCode code, String detail, Headers headers, Map<String, Object> members)
        implements Admission, Destination.Choice, Resolution, Outcome.Last {
    static Refusal of(ErrorCode code, String detail) {
        return new Refusal(code, detail, Headers.none(), Map.of());
    }

    static Refusal of(MortiseException refused) {
        Headers headers = refused.code().status() == 503 ? Headers.of("Retry-After", "1") : Headers.none();
        return new Refusal(refused.code(), String.valueOf(refused.getMessage()), headers, refused.members());
    }

    /** Refuses for the moment: the caller may try again. */
    static Refusal retryLater(ErrorCode code, String detail) {
        return of(code, detail).with("Retry-After", "1");
    }

    Refusal with(String name, String value) {
        return new Refusal(code, detail, headers.with(name, value), members);
    }

    Refusal withMember(String name, List<String> values) {
        return new Refusal(code, detail, headers, Map.of(name, List.copyOf(values)));
    }
}
