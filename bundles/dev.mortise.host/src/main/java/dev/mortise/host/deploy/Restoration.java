// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.port.DeploymentStore.Recorded;
import dev.mortise.kernel.port.DeploymentStore.SeenFile;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads what was recorded as what is desired now.
 *
 * @param inspections of everything that is wanted, what looking into it came to
 */
record Restoration(Recorded recorded, Map<Digest, Inspection> inspections) {
    void into(Wants wants, Instant now) {
        for (Want want : recorded.wants()) {
            Inspection inspection = Known.get(inspections, want.digest());
            if (inspection instanceof Inspection.Admitted admitted) {
                wants.put(wish(want, admitted.artifact()));
            } else {
                wants.lose(new Lost(want, (Inspection.Refused) inspection, now));
            }
        }
    }

    private static Wish wish(Want want, Artifact artifact) {
        return new Wish(artifact, want.role(), want.source().map(Path::of), want.note());
    }

    static Map<Path, Digest> files(Recorded recorded) {
        return recorded.files().stream().collect(Collectors.toMap(file -> Path.of(file.path()), SeenFile::digest));
    }
}
