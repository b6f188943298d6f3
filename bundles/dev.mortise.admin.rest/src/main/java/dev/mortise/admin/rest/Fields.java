// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Request;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The fields of a JSON object in a request; what is wrong with them is told all at once, by {@link #check}. */
final class Fields {
    private static final int LONGEST = 2000;

    private final Json json;
    private final Map<String, Object> given;
    private final List<Why.Item> problems = new ArrayList<>();

    private Fields(Json json, Map<String, Object> given) {
        this.json = json;
        this.given = given;
    }

    /** Reads the body of a request, which has no query and no other fields than these. */
    @SuppressWarnings("unchecked") // a JSON object has texts for keys
    static Fields of(Request request, Json json, String... known) throws IOException {
        Query.of(request);
        Fields fields = new Fields(json, json.read(request.body(), Map.class));
        TreeSet<String> unknown = new TreeSet<>(fields.given.keySet());
        List.of(known).forEach(unknown::remove);
        unknown.forEach(name -> fields.problem(
                pointer(name),
                "'" + name + "' is no field here; known are " + String.join(", ", known) + ".",
                "Leave it out."));
        fields.noNulls("", fields.given);
        return fields;
    }

    /** Answers a text that may be left out. */
    Optional<String> text(String name) {
        return text(name, text -> true, "");
    }

    /** Answers a text that may be left out and fits a rule; {@code rule} goes on after "must be". */
    Optional<String> text(String name, Predicate<String> fits, String rule) {
        Optional<Object> value = Optional.ofNullable(given.get(name));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!(value.get() instanceof String text) || text.isEmpty() || text.length() > LONGEST) {
            problem("/" + name, "'" + name + "' must be a text of 1 to " + LONGEST + " characters.", "Mend it.");
            return Optional.empty();
        }
        if (!fits.test(text)) {
            problem("/" + name, "'" + name + "' must be " + rule + ", not '" + text + "'.", "Mend it.");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    /** Answers the text of a JSON object that may be left out. */
    Optional<String> object(String name) throws IOException {
        Optional<Object> value = Optional.ofNullable(given.get(name));
        if (value.isPresent() && !(value.get() instanceof Map)) {
            problem("/" + name, "'" + name + "' must be an object.", "Mend it.");
            return Optional.empty();
        }
        return value.isPresent() ? Optional.of(json.write(value.get()).text()) : Optional.empty();
    }

    /** Tells whether the field is there, whatever it holds. */
    boolean has(String name) {
        return given.containsKey(name);
    }

    /** Takes note that a field has to be there, and is not. */
    void missing(String name, String why) {
        problem("/" + name, "'" + name + "' is missing. " + why, "Add it.");
    }

    /** Takes note of something that is wrong. */
    void problem(String pointer, String message, String remedy) {
        add(ErrorCode.VALIDATION_FAILED.name(), pointer, message, remedy);
    }

    void add(String code, String pointer, String message, String remedy) {
        Optional<String> none = Optional.empty();
        problems.add(new Why.Item(
                code, message, remedy, Optional.of(pointer), Optional.empty(), none, none, Optional.empty()));
    }

    /** Refuses the request if anything is wrong with it, with all of it. */
    void check() throws IOException {
        if (!problems.isEmpty()) {
            List<String> sentences = problems.stream().map(Why.Item::message).toList();
            throw new Refusals(json).notTaken(String.join(" ", sentences), problems);
        }
    }

    /** What is absent is left out: a null would vanish on the way to whoever judges it. */
    private void noNulls(String pointer, Object value) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> noNulls(pointer + pointer(String.valueOf(name)), member));
        } else if (value instanceof Collection<?> elements) {
            int index = 0;
            for (Object element : elements) {
                noNulls(pointer + "/" + index++, element);
            }
        } else if (value == null) {
            problem(pointer, "'" + pointer + "' is null.", "Leave it out.");
        }
    }

    private static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1"); // RFC 6901, section 3
    }
}
