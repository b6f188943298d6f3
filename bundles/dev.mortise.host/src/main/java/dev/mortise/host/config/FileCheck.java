// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says all that is wrong with {@code etc/plugins/<id>.json}, for one plugin version: once, and again when something else is
 * wrong, or when it was good meanwhile.
 */
public final class FileCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FileCheck.class);

    private final PluginId plugin;
    private final ConfigSchema schema;
    private final ConfigSources sources;
    private final Consumer<String> warning;
    private volatile Found found = new Found(Optional.empty(), "");

    /** What is wrong with a text; nothing with none. */
    private record Found(Optional<String> text, String wrong) {}

    /** Checks nothing yet. */
    public FileCheck(PluginId plugin, ConfigSchema schema, ConfigSources sources) {
        this(
                plugin,
                schema,
                sources,
                wrong -> LOG.warn("plugin={} {}: {}", plugin, sources.files().file(plugin), wrong));
    }

    FileCheck(PluginId plugin, ConfigSchema schema, ConfigSources sources, Consumer<String> warning) {
        this.warning = warning;
        this.plugin = plugin;
        this.schema = schema;
        this.sources = sources;
    }

    /** Looks whether the file changed, and logs what is wrong with it then. Whoever reads a value calls it. */
    public void look() {
        Found before = found;
        Found now = after(before);
        if (!now.equals(before) && note(now)) {
            warning.accept(now.wrong);
        }
    }

    /** Tells whether something else is wrong now; of those who find the same at the same time only one is told so. */
    private synchronized boolean note(Found now) {
        boolean other = !now.wrong.equals(found.wrong);
        found = now;
        return other && !now.wrong.isEmpty();
    }

    private Found after(Found before) {
        try {
            Optional<String> text = sources.files().values(plugin);
            return text.isPresent() && text.equals(before.text)
                    ? before
                    : new Found(
                            text, String.join(" ", text.map(this::violations).orElse(List.of())));
        } catch (UncheckedIOException e) {
            return new Found(Optional.empty(), "It can't be read.");
        }
    }

    /** Answers a sentence for each thing that is wrong with the text of the file; none quotes a value. */
    List<String> violations(String text) {
        return sources.read(text).orElse("") instanceof Map<?, ?> all
                ? all.entrySet().stream()
                        .flatMap(entry -> violation(String.valueOf(entry.getKey()), entry.getValue()))
                        .sorted()
                        .toList()
                : List.of("It is no JSON object.");
    }

    private Stream<String> violation(String name, Object value) {
        Optional<ConfigField> field = schema.field(name);
        if (field.isEmpty()) {
            return Stream.of("There is no setting '%s'. Expected: %s.".formatted(name, expected()));
        }
        if (field.get().scope() == Scope.TENANT) {
            return Stream.of(
                    "'%s' is a setting of each tenant and does not hold here. Give it to the tenants.".formatted(name));
        }
        return field.get().objection(value).stream().map(wrong -> "The value of '%s' %s.".formatted(name, wrong));
    }

    private String expected() {
        String names = schema.fields().stream()
                .filter(field -> field.scope() == Scope.CONTAINER)
                .map(ConfigField::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
