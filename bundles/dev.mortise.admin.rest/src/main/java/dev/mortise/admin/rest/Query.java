// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Query parameters, and those that came in the body of an order, strictly: what nobody would read is refused, so that no
 * wish is dropped in silence.
 */
record Query(Map<String, List<String>> values) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** In bytes; longer than any order that has only parameters. */
    private static final int LONGEST_BODY = 16 << 10;

    /** Takes a query that has no other parameters than these, each at most once. */
    static Query of(Request request, String... known) {
        TreeSet<String> unknown = new TreeSet<>(request.query().keySet());
        unknown.removeAll(List.of(known));
        if (!unknown.isEmpty()) {
            throw Refusals.invalid("The query parameter '" + unknown.first() + "' is not known here.");
        }
        request.query().forEach((name, values) -> once(name, values));
        return new Query(request.query());
    }

    /** Takes an order whose parameters are in the query, or in a JSON object, each in one of them. */
    static Query order(Request request, Json json, String... known) throws IOException {
        Query query = of(request, known);
        Map<?, ?> body = body(request, json);
        Map<String, List<String>> all = new HashMap<>(query.values);
        body.forEach((field, value) -> {
            String name = String.valueOf(field);
            if (!List.of(known).contains(name)) {
                throw Refusals.invalid("'" + name + "' is no field here"
                        + (known.length == 0 ? "; there is none." : "; known are " + String.join(", ", known) + "."));
            }
            if (!(value instanceof String
                    || value instanceof Integer
                    || value instanceof Long
                    || value instanceof Boolean)) {
                throw Refusals.invalid("'" + name + "' must be a text, a whole number, true or false.");
            }
            if (all.put(name, List.of(value.toString())) != null) {
                throw Refusals.invalid("'" + name + "' is in the query and in the body. Give it once.");
            }
        });
        return new Query(all);
    }

    private static Map<?, ?> body(Request request, Json json) throws IOException {
        byte[] bytes;
        try (InputStream content = request.body().stream()) {
            bytes = content.readNBytes(LONGEST_BODY + 1);
        }
        if (bytes.length > LONGEST_BODY) {
            throw new MortiseException(
                    ErrorCode.PAYLOAD_TOO_LARGE, "This order has a body of at most " + LONGEST_BODY + " bytes.");
        }
        return bytes.length == 0 ? Map.of() : json.read(Body.of(bytes), Map.class);
    }

    Optional<String> text(String name) {
        return first(name).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** Answers a value that must be given, but may be empty. */
    String given(String name) {
        return first(name).orElseThrow(() -> missing(name));
    }

    /** Answers a whole number from 1 to the most. */
    int number(String name, int usual, int most) {
        String value = text(name).orElseGet(() -> Integer.toString(usual));
        int number = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (number < 1 || number > most) {
            throw Refusals.invalid(
                    "The query parameter '" + name + "' is a number from 1 to " + most + ", not '" + value + "'.");
        }
        return number;
    }

    boolean flag(String name) {
        String value = text(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Refusals.invalid("The query parameter '" + name + "' is true or false, not '" + value + "'.");
        }
        return value.equals("true");
    }

    private Optional<String> first(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static MortiseException missing(String name) {
        return Refusals.invalid("The query parameter '" + name + "' is missing.");
    }

    private static void once(String name, List<String> values) {
        if (values.size() > 1) {
            throw Refusals.invalid(
                    "The query parameter '" + name + "' is given " + values.size() + " times. Give it once.");
        }
    }
}
