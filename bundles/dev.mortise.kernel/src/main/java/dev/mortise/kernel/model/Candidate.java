// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Optional;

/**
 * One artifact that the desired set names, as the planner sees it.
 *
 * @param blocked why it can't be started although nothing else speaks against it: it failed before, for example
 */
public record Candidate(PluginManifest manifest, Digest digest, Optional<Problem> blocked) {
    /** Answers id and version. */
    public PluginIdentity identity() {
        return manifest.identity();
    }
}
