// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.host.config.LastGood.Parsed;
import dev.mortise.host.config.LastGood.Seen;
import dev.mortise.kernel.model.AllowedVariables;
import dev.mortise.kernel.model.PluginId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the operator says about single plugins: {@code etc/plugins/<id>.json} with values of the container, and
 * {@code etc/plugins.properties} with {@code <id>.env}, the variables that a plugin may have, and {@code <id>.location}, where
 * it runs. The environment goes before both: {@code MORTISE_PLUGIN_<ID>_<FIELD>}, {@code MORTISE_PLUGINS_<ID>_ENV} and {@code
 * MORTISE_PLUGINS_<ID>_LOCATION}. Files count as soon as they are changed; while one is
 * malformed, what it said before holds.
 */
public final class OperatorFiles {
    private static final String MARK = "\uFEFF";

    private final Path etc;
    private final Map<String, String> environment;
    private final PluginLines lines;
    private final Map<PluginId, LastGood<Map<?, ?>>> values = new ConcurrentHashMap<>();

    /** Looks into the folder, and the given environment. */
    public OperatorFiles(Path etc, Map<String, String> environment) {
        this.etc = etc;
        this.lines = new PluginLines(etc.resolve("plugins.properties"));
        this.environment = Map.copyOf(environment);
    }

    /** Answers the text of a variable, if the plugin may have it. */
    Optional<String> variable(PluginId plugin, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> allowed(plugin).admits(name));
    }

    /** Answers the text that takes the place of a value of the container. */
    Optional<String> override(PluginId plugin, String field) {
        return Optional.ofNullable(environment.get(variableOf("MORTISE_PLUGIN", plugin.value(), field)));
    }

    /** Answers the values of the container that hold, and what is wrong with the file that they are from. */
    Seen<Map<?, ?>> values(PluginId plugin, Json json) {
        return values.computeIfAbsent(plugin, id -> new LastGood<>(file(id), Map.of(), text -> parsed(text, json)))
                .look();
    }

    /** Answers the plugins that there are such files for, as they are called. */
    List<PluginId> given() {
        try (Stream<Path> files = Files.list(etc.resolve("plugins"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .filter(PluginId::valid)
                    .map(PluginId::new)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(etc.resolve("plugins") + " can't be read.", e);
        }
    }

    /** Answers what is wrong with {@code etc/plugins.properties} now. */
    Optional<String> trouble() {
        return lines.trouble();
    }

    Path file(PluginId plugin) {
        return etc.resolve("plugins").resolve(plugin + ".json");
    }

    /** Answers where the operator wants a plugin to run, if that is said. */
    public Optional<String> location(PluginId plugin) {
        return said(plugin, "location").map(String::strip).filter(text -> !text.isEmpty());
    }

    private Optional<String> said(PluginId plugin, String key) {
        return Optional.ofNullable(environment.get(variableOf("MORTISE_PLUGINS", plugin.value(), key)))
                .or(() -> lines.find(plugin + "." + key));
    }

    private AllowedVariables allowed(PluginId plugin) {
        return said(plugin, "env").map(AllowedVariables::parse).orElse(AllowedVariables.NONE);
    }

    private static Parsed<Map<?, ?>> parsed(String text, Json json) {
        if (text.startsWith(MARK)) {
            return Parsed.wrong("It starts with a byte order mark. Save it as UTF-8 without one.");
        }
        try {
            return json.read(text, Object.class) instanceof Map<?, ?> all
                    ? Parsed.good(all)
                    : Parsed.wrong("It is no JSON object.");
        } catch (MortiseException e) {
            return Parsed.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static String variableOf(String... words) {
        return String.join("_", words).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
