// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Query parameters, strictly: what nobody would read is refused, so that no wish is dropped in silence. */
record Query(Request request) {
    /** Takes a query that has no other parameters than these, each at most once. */
    static Query of(Request request, String... known) {
        TreeSet<String> unknown = new TreeSet<>(request.query().keySet());
        unknown.removeAll(List.of(known));
        if (!unknown.isEmpty()) {
            throw refusal("The query parameter '" + unknown.first() + "' is not known here.");
        }
        request.query().forEach((name, values) -> once(name, values));
        return new Query(request);
    }

    Optional<String> text(String name) {
        return request.query(name).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> refusal("The query parameter '" + name + "' is missing."));
    }

    boolean flag(String name) {
        String value = text(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw refusal("The query parameter '" + name + "' is true or false, not '" + value + "'.");
        }
        return value.equals("true");
    }

    private static void once(String name, List<String> values) {
        if (values.size() > 1) {
            throw refusal("The query parameter '" + name + "' is given " + values.size() + " times. Give it once.");
        }
    }

    private static MortiseException refusal(String message) {
        return new MortiseException(ErrorCode.VALIDATION_FAILED, message);
    }
}
