// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import java.nio.file.Path;
import java.util.Set;

/**
 * The version of a plugin that is switched in.
 *
 * @param paths where its jar was seen last
 * @param serves whether calls reach it now
 */
record Incumbent(Artifact artifact, Set<Path> paths, boolean serves) {
    Incumbent {
        paths = Set.copyOf(paths);
    }
}
