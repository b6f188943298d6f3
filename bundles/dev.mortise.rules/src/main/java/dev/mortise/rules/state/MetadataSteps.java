// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.state;

import static dev.mortise.kernel.model.MetadataState.ERROR;
import static dev.mortise.kernel.model.MetadataState.FRESH;
import static dev.mortise.kernel.model.MetadataState.MISSING;
import static dev.mortise.kernel.model.MetadataState.STALE;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.model.Version;
import java.util.Optional;

/** The steps of what is known of a plugin's metadata. */
public final class MetadataSteps {
    private MetadataSteps() {}

    /** The plugin has this jar; what was read of another one is stale. */
    public static PluginMetadata seen(Optional<PluginMetadata> known, Version version, Digest jar) {
        return known.filter(same -> same.checksum().equals(jar))
                .orElseGet(() -> new PluginMetadata(
                        version.text(),
                        jar,
                        known.flatMap(PluginMetadata::fetchedAt).isPresent() ? STALE : MISSING,
                        known.flatMap(PluginMetadata::fetchedAt),
                        Optional.empty()));
    }

    /** Tells whether it is to be read when the plugin runs; one that failed is read again at the next start. */
    public static boolean due(PluginMetadata seen) {
        return seen.state() == MISSING || seen.state() == STALE;
    }

    /** It was read and is good. */
    public static PluginMetadata fetched(PluginMetadata seen) {
        return new PluginMetadata(seen.version(), seen.checksum(), FRESH, seen.fetchedAt(), Optional.empty());
    }

    /** It could not be read; the copy stays. */
    public static PluginMetadata failed(PluginMetadata seen, String why) {
        return new PluginMetadata(seen.version(), seen.checksum(), ERROR, seen.fetchedAt(), Optional.of(why));
    }
}
