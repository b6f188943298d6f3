// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Query parameters, strictly: what nobody would read is refused, so that no wish is dropped in silence. */
record Query(Request request) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Takes a query that has no other parameters than these, each at most once. */
    static Query of(Request request, String... known) {
        TreeSet<String> unknown = new TreeSet<>(request.query().keySet());
        unknown.removeAll(List.of(known));
        if (!unknown.isEmpty()) {
            throw Refusals.invalid("The query parameter '" + unknown.first() + "' is not known here.");
        }
        request.query().forEach((name, values) -> once(name, values));
        return new Query(request);
    }

    Optional<String> text(String name) {
        return request.query(name).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** Answers a value that must be given, but may be empty. */
    String given(String name) {
        return request.query(name).orElseThrow(() -> missing(name));
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
