// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import java.util.List;
import java.util.Optional;

/** What looking into a jar came to. */
public sealed interface Inspection {
    /** The jar is a plugin that may be planned. */
    record Admitted(Artifact artifact) implements Inspection {}

    /**
     * The jar is not taken.
     *
     * @param plugin whom it speaks of, as far as that could be read
     * @param problems every reason, at least one
     */
    record Refused(Optional<Named> plugin, List<Problem> problems) implements Inspection {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** A plugin that a refused jar names; the manifest is there when only the jar around it is bad. */
    record Named(PluginId id, Version version, Digest digest, Optional<PluginManifest> manifest) {}
}
