// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A jar that passed every check, as it lies in the store.
 *
 * @param file its copy in the store, never changed
 * @param migrations those of its files, in order
 * @param services types that it promises to register
 * @param warnings what does not stop it
 */
public record Artifact(
        Digest digest,
        Path file,
        PluginManifest manifest,
        List<Migration> migrations,
        Set<String> services,
        List<String> warnings) {
    public Artifact {
        migrations = List.copyOf(migrations);
        services = Set.copyOf(services);
        warnings = List.copyOf(warnings);
    }

    /** Tells whether it brings a MigrationSource: then its start has two steps. */
    public boolean offersMigrations() {
        return services.contains("dev.mortise.api.data.MigrationSource");
    }

    /** Tells whether it judges credentials. */
    public boolean authenticates() {
        return services.contains("dev.mortise.api.auth.Authenticator");
    }

    /** Answers the id of the plugin. */
    public PluginId id() {
        return manifest.id();
    }

    /** Answers the same artifact with something to say of it. */
    public Artifact withWarning(String warning) {
        return new Artifact(digest, file, manifest, migrations, services, List.of(warning));
    }

    /** Answers id and version. */
    public PluginIdentity identity() {
        return manifest.identity();
    }
}
