// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** The checks of the files of plugins that have no settings service of their own here: each is looked at again and again. */
public final class FileChecks {
    private final BiFunction<PluginId, ConfigSchema, FileCheck> maker;
    // two versions with other settings run beside each other while one comes
    private final Map<Whose, FileCheck> checks = new ConcurrentHashMap<>();

    private record Whose(PluginId plugin, ConfigSchema schema) {}

    /** Checks nothing yet. */
    public FileChecks(ConfigSources sources) {
        this((plugin, schema) -> new FileCheck(plugin, schema, sources));
    }

    FileChecks(BiFunction<PluginId, ConfigSchema, FileCheck> maker) {
        this.maker = maker;
    }

    /** Looks at the file of a plugin, and logs what is wrong with it if that is new. */
    public void look(PluginManifest manifest) {
        checks.computeIfAbsent(
                        new Whose(manifest.id(), manifest.config()), whose -> maker.apply(whose.plugin, whose.schema))
                .look();
    }

    /** Forgets a plugin that runs no more. */
    public void forget(PluginId plugin) {
        checks.keySet().removeIf(whose -> whose.plugin.equals(plugin));
    }
}
