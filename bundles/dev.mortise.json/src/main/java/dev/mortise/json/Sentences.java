// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Says a violation of the schema in a sentence, and what to do, in the words that the schema itself has for its parts. */
final class Sentences {
    private final JsonNode schema;
    private final String judged;

    /** Speaks of violations of a schema; {@code judged} is what knows the keys that it allows. */
    Sentences(JsonNode schema, String judged) {
        this.judged = judged;
        this.schema = schema;
    }

    /** Answers the problem; nothing for what only sums up other violations. */
    Optional<ManifestProblem> of(Error error) {
        Place place = Place.of(error);
        JsonNode rule = schema.at(parentOf(fragment(error)));
        String value = quoted(error.getInstanceNode());
        return switch (error.getKeyword()) {
            case "required" -> missing(place, error.getProperty());
            case "additionalProperties" -> unknown(place, error.getProperty(), rule);
            case "type" ->
                problem(
                        place,
                        place + " is " + given(error.getInstanceNode(), rule.get("type")) + ", but "
                                + wanted(rule.get("type"))
                                + " is expected.",
                        "Write " + wanted(rule.get("type")) + ".");
            case "enum" ->
                problem(
                        place,
                        place + " is " + value + ", which is none of " + listed(rule.get("enum")) + ".",
                        "Write one of these.");
            case "not" ->
                problem(place, place + " is " + value + ", which is a reserved word.", "Choose another word.");
            case "pattern" -> problem(place, place + " is " + value + ", which is no " + named(rule) + ".", like(rule));
            case "propertyNames" -> name(place, error.getProperty(), schema.at(fragment(error)));
            case "if", "allOf", "anyOf" -> Optional.empty();
            default -> limit(place, error, rule);
        };
    }

    private static Optional<ManifestProblem> limit(Place place, Error error, JsonNode rule) {
        String bound = rule.path(error.getKeyword()).asText();
        if (error.getKeyword().equals("minItems") && bound.equals("1")) {
            return problem(place, place + " is empty, but at least one element is expected.", "Add an element.");
        }
        String sentence =
                switch (error.getKeyword()) {
                    case "minLength" -> "is shorter than " + bound + " characters";
                    case "maxLength" -> "is longer than " + bound + " characters";
                    case "minItems" -> "has fewer than " + bound + " elements";
                    case "maxItems", "maxProperties" -> "has more than " + bound + " elements";
                    case "uniqueItems" -> "has an element twice";
                    case "minimum" -> "is below " + bound;
                    case "maximum" -> "is above " + bound;
                    case "exclusiveMinimum" -> "is not above " + bound;
                    default -> "breaks the rule '" + error.getKeyword() + "' of the schema";
                };
        return problem(place, place + " " + sentence + ".", like(rule));
    }

    private static Optional<ManifestProblem> missing(Place place, String key) {
        return problem(
                place, (place.root() ? "" : "In " + place + " ") + "'" + key + "' is missing.", "Add \"" + key + "\".");
    }

    private Optional<ManifestProblem> unknown(Place place, String key, JsonNode rule) {
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        String remedy = Nearest.to(key, known)
                .map(name -> "Write \"" + name + "\", or take it away.")
                .orElse("Take it away; known are " + String.join(", ", known) + ".");
        return problem(place.child(key), place.child(key) + " is no key that " + judged + " knows.", remedy);
    }

    private Optional<ManifestProblem> name(Place place, String key, JsonNode rule) {
        JsonNode names = schema.at(rule.path("$ref").asText("#").substring(1));
        return problem(place.child(key), place.child(key) + " is no " + named(names) + ".", like(names));
    }

    private static Optional<ManifestProblem> problem(Place place, String message, String remedy) {
        return Optional.of(new ManifestProblem(place.pointer(), message, remedy));
    }

    private static String fragment(Error error) {
        return error.getSchemaLocation().getFragment().toString();
    }

    private static String parentOf(String pointer) {
        return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
    }

    private static String named(JsonNode rule) {
        String description = rule.path("description").asText("");
        return rule.path("title").asText("good value") + (description.isEmpty() ? "" : ": " + description);
    }

    private static String like(JsonNode rule) {
        JsonNode example = rule.path("examples").path(0);
        return example.isMissingNode() ? "Keep to what the schema says." : "Write it like " + quoted(example) + ".";
    }

    private static String quoted(JsonNode node) {
        return "'" + Words.shortened(node.isTextual() ? node.asText() : node.toString()) + "'";
    }

    private static String listed(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static String wanted(JsonNode type) {
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false)
                        .map(Sentences::wanted)
                        .collect(Collectors.joining(" or "))
                : kind(type.asText());
    }

    /** A number that is no whole one says itself what is wrong with it. */
    private static String given(JsonNode value, JsonNode type) {
        return value.isNumber() && type.asText().equals("integer") ? quoted(value) : kindOf(value);
    }

    private static String kindOf(JsonNode node) {
        return kind(node.getNodeType().name().toLowerCase(Locale.ROOT));
    }

    private static String kind(String name) {
        return switch (name) {
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "an object";
            default -> name;
        };
    }
}
