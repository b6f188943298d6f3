// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.host.config.LastGood.Seen;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.Locale;
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
    private volatile Found found = new Found(0, "");

    /** What was found wrong at a look. */
    private record Found(long look, String wrong) {}

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
        if (now.look != before.look && note(now)) {
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
        Seen<Map<?, ?>> file = sources.file(plugin);
        return before.look == file.look() ? before : new Found(file.look(), wrong(file));
    }

    /** Answers all that is wrong now; nothing when it is good. */
    String wrong() {
        return wrong(sources.file(plugin));
    }

    private String wrong(Seen<Map<?, ?>> file) {
        return file.wrong().isPresent()
                ? trouble(file)
                : String.join(" ", file.good().map(this::violations).orElse(List.of()));
    }

    /** Says why a file can't be used, and what holds meanwhile. */
    static String trouble(Seen<?> file) {
        return sentence(file.wrong().orElse("")) + " " + file.meanwhile();
    }

    private static String sentence(String why) {
        String whole = why.endsWith(".") ? why : why + ".";
        return whole.substring(0, 1).toUpperCase(Locale.ROOT) + whole.substring(1);
    }

    /** Answers a sentence for each thing that is wrong with the values of the file; none quotes a value. */
    List<String> violations(Map<?, ?> all) {
        return all.entrySet().stream()
                .flatMap(entry -> violation(String.valueOf(entry.getKey()), entry.getValue()))
                .sorted()
                .toList();
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
