// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Lays the files of a home, the environment and the command line over the defaults; the later one wins. */
public final class SettingsReader {
    private final Schema schema;
    private final Map<Setting, String> values = new LinkedHashMap<>();

    private SettingsReader(Schema schema) {
        this.schema = schema;
        schema.settings().stream()
                .filter(setting -> !setting.pattern())
                .forEach(setting -> values.put(setting, setting.initial()));
    }

    /** Return the values of all settings, or fail naming source and key of the first one that is wrong. */
    public static Settings read(
            Schema schema, SettingsFolder folder, Map<String, String> environment, Map<String, String> arguments) {
        SettingsReader reader = new SettingsReader(schema);
        schema.concerns().forEach(concern -> reader.addFile(folder, concern));
        reader.addEnvironment(new Environment(environment));
        arguments.forEach((name, value) -> reader.addArgument(name, value));
        return new Settings(reader.values);
    }

    private void addFile(SettingsFolder folder, String concern) {
        folder.read(concern).forEach((key, value) -> {
            Setting setting = schema.find(concern, key).orElseThrow(() -> unknown(folder, concern, key));
            put(setting, value, "'" + folder.file(concern) + "'");
        });
    }

    private void addEnvironment(Environment environment) {
        List<Setting> settings = schema.settings().stream()
                .flatMap(setting -> setting.pattern() ? environment.named(setting) : Stream.of(setting))
                .toList();
        for (Setting setting : settings) {
            environment
                    .value(setting.variable())
                    .ifPresent(value -> put(setting, value, "environment variable " + setting.variable()));
        }
    }

    private void addArgument(String name, String value) {
        Setting setting = schema.settings().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no setting '" + name + "'"));
        put(setting, value, "the command line");
    }

    private void put(Setting setting, String value, String source) {
        if (!setting.allowed().admits(value)) {
            throw failure("Key '" + setting.key() + "' in " + source + " is '" + value + "', but must be "
                    + setting.allowed().words() + ".");
        }
        values.put(setting, value);
    }

    private LaunchFailure unknown(SettingsFolder folder, String concern, String key) {
        return failure(
                "Unknown key '" + key + "' in '" + folder.file(concern) + "'. " + meant(key, schema.keys(concern)));
    }

    private static String meant(String key, Collection<String> legal) {
        if (legal.isEmpty()) {
            return "This file has no legal keys.";
        }
        return Nearest.to(key, legal)
                .map(near -> "The nearest legal key is '" + near + "'.")
                .orElseGet(() -> "Take it away; legal keys are " + String.join(", ", new TreeSet<>(legal)) + ".");
    }

    private static LaunchFailure failure(String sentence) {
        return new LaunchFailure(ExitCode.CONFIGURATION, sentence);
    }
}
