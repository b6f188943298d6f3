// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a plugin's metadata, beside the metadata itself.
 *
 * @param version of the jar that the plugin has now
 * @param checksum of that jar
 * @param fetchedAt when the copy was read; empty when there is none
 * @param error why it could not be read the last time
 */
public record PluginMetadata(
        String version, Digest checksum, MetadataState state, Optional<Instant> fetchedAt, Optional<String> error) {}
