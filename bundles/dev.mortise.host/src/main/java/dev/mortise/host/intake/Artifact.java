// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import java.nio.file.Path;
import java.util.List;

/**
 * A jar that passed every check, as it lies in the store.
 *
 * @param file its copy in the store, never changed
 * @param migrations those of its files, in order
 * @param offersMigrations whether it promises a MigrationSource: then its start has two steps
 * @param warnings what does not stop it
 */
public record Artifact(
        Digest digest,
        Path file,
        PluginManifest manifest,
        List<Migration> migrations,
        boolean offersMigrations,
        List<String> warnings) {
    public Artifact {
        migrations = List.copyOf(migrations);
        warnings = List.copyOf(warnings);
    }

    /** Answers the id of the plugin. */
    public PluginId id() {
        return manifest.id();
    }

    /** Answers id and version. */
    public PluginIdentity identity() {
        return manifest.identity();
    }
}
