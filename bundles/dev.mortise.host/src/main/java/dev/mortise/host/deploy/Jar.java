// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.folder.FolderFile;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.host.intake.Inspection.Named;
import dev.mortise.kernel.model.PluginId;
import java.util.Optional;

/**
 * One jar of the watched folder, with what looking into it came to.
 *
 * @param inspection absent while the file is arriving, and for what is no zip file
 */
public record Jar(FolderFile file, Optional<Inspection> inspection) {
    Optional<Artifact> artifact() {
        return inspection
                .filter(Inspection.Admitted.class::isInstance)
                .map(Inspection.Admitted.class::cast)
                .map(Inspection.Admitted::artifact);
    }

    Optional<Inspection.Refused> refused() {
        return inspection.filter(Inspection.Refused.class::isInstance).map(Inspection.Refused.class::cast);
    }

    /** Answers the plugin that it names, taken or not. */
    Optional<PluginId> plugin() {
        return artifact()
                .map(Artifact::id)
                .or(() -> refused().flatMap(Inspection.Refused::plugin).map(Named::id));
    }
}
