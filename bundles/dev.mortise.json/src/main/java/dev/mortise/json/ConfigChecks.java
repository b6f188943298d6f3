// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.model.SafeUrl;
import dev.mortise.kernel.model.TextPattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a schema can't say of settings: limits that fit the type, and values of the manifest that keep to them. */
final class ConfigChecks {
    private final List<ManifestProblem> problems = new ArrayList<>();

    private ConfigChecks() {}

    static List<ManifestProblem> of(JsonNode manifest) {
        ConfigChecks checks = new ConfigChecks();
        Place config = Place.ROOT.child("config");
        manifest.path("config")
                .properties()
                .forEach(entry -> checks.field(
                        ConfigMapping.field(entry.getKey(), entry.getValue()), config.child(entry.getKey())));
        checks.methods(manifest);
        return checks.problems;
    }

    private void field(ConfigField field, Place place) {
        Limits limits = field.limits();
        boolean number = field.type() == ConfigField.Type.NUMBER || field.type() == ConfigField.Type.INTEGER;
        if (limits.pattern().isPresent() && field.type() != ConfigField.Type.STRING) {
            add(place.child("pattern"), "is for fields of type string", "Take it away.");
        }
        for (String key : bounds(limits)) {
            if (!number) {
                add(place.child(key), "is for fields of type number and integer", "Take it away.");
            }
        }
        if (limits.min().isPresent()
                && limits.max().filter(max -> under(max, limits)).isPresent()) {
            add(place.child("max"), "is below 'min'", "Raise it.");
        }
        Optional<String> fault = limits.pattern().flatMap(TextPattern::fault);
        fault.ifPresent(why -> add(place.child("pattern"), "is no expression: " + why, "Write one of Java's."));
        if (fault.isEmpty()) {
            values(field, place);
        }
    }

    private void values(ConfigField field, Place place) {
        ConfigField unlimited = limited(field, Limits.NONE);
        int index = 0;
        for (Object option : field.limits().options()) {
            Place at = place.child("options").child(index++);
            unlimited.objection(option).ifPresent(wrong -> add(at, wrong, "Mend it."));
        }
        field.fallback().flatMap(field::objection).ifPresent(wrong -> add(place.child("default"), wrong, "Mend it."));
    }

    /** A key that belongs to all tenants would be no credential of a tenant. */
    private void methods(JsonNode manifest) {
        int index = 0;
        for (JsonNode method : manifest.path("auth")) {
            String name = method.path("configField").asText();
            if (manifest.path("config").path(name).path("scope").asText("").equals("container")) {
                add(
                        Place.ROOT.child("auth").child(index).child("configField"),
                        "names '" + name + "', which is of scope container",
                        "Name a field of scope tenant.");
            }
            addresses(method, Place.ROOT.child("auth").child(index));
            index++;
        }
    }

    /** Secrets go there. */
    private void addresses(JsonNode method, Place place) {
        for (String key : List.of("authorizationUrl", "tokenUrl", "revocationUrl")) {
            Optional.of(method.path(key))
                    .filter(JsonNode::isTextual)
                    .flatMap(url -> SafeUrl.objection(url.asText()))
                    .ifPresent(wrong -> add(place.child(key), wrong, "Name an https address."));
        }
    }

    private static List<String> bounds(Limits limits) {
        List<String> keys = new ArrayList<>();
        limits.min().ifPresent(min -> keys.add("min"));
        limits.max().ifPresent(max -> keys.add("max"));
        return keys;
    }

    private static boolean under(BigDecimal max, Limits limits) {
        return limits.min().filter(min -> max.compareTo(min) < 0).isPresent();
    }

    private static ConfigField limited(ConfigField field, Limits limits) {
        return new ConfigField(
                field.name(),
                field.type(),
                field.label(),
                field.description(),
                field.required(),
                field.fallback(),
                field.env(),
                field.encrypted(),
                field.scope(),
                limits);
    }

    private void add(Place place, String wrong, String remedy) {
        problems.add(new ManifestProblem(place.pointer(), place + " " + wrong + ".", remedy));
    }
}
