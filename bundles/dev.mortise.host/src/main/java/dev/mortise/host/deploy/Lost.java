// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.deploy.Switchboard.Line;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.host.intake.Inspection.Named;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is wanted and could not be brought back when the container started: its bytes are lost, or it is not taken
 * any more. It stays wanted, and is shown, until somebody deploys the plugin again or removes it.
 */
record Lost(Want want, Inspection.Refused why, Instant since) {
    PluginId id() {
        return want.plugin();
    }

    Digest digest() {
        return want.digest();
    }

    /** Tells whether it came from a file. */
    boolean cameFrom(Path file) {
        return want.source().equals(Optional.of(file.toString()));
    }

    /** Tells whether it is no longer wanted when an artifact is switched in. */
    boolean givesWayTo(Artifact next) {
        boolean beside = next.manifest().coexist()
                && !next.manifest().version().major().equals(want.version().major());
        return next.id().equals(id()) && !beside;
    }

    /** Answers what is wanted now that the bytes are here again: what ran is to be started anew. */
    Wish found(Artifact artifact) {
        Role role = want.role() == Role.PARKED ? Role.PARKED : Role.PENDING;
        return new Wish(artifact, role, want.source().map(Path::of), want.note());
    }

    /** Answers how it is shown to operators. */
    VersionView view(List<Path> paths) {
        return new VersionView(
                id(),
                want.version(),
                digest(),
                manifest(),
                PluginState.REJECTED,
                reason(),
                since,
                why.problems(),
                List.of(),
                paths,
                false,
                manifest().map(lost -> lost.runtime().preferred()).orElse(RuntimeDeclaration.BUNDLE),
                List.of(),
                List.of(),
                0);
    }

    /** Answers what callers get to know. */
    Line line() {
        return new Line(
                manifest().orElseGet(this::nothingButItsName),
                digest(),
                PluginState.REJECTED,
                reason(),
                since,
                false,
                Optional.empty());
    }

    private String reason() {
        return why.problems().get(0).message();
    }

    private Optional<PluginManifest> manifest() {
        return why.plugin().flatMap(Named::manifest);
    }

    private PluginManifest nothingButItsName() {
        return new PluginManifest(
                id(),
                id().value(),
                want.version(),
                "",
                new VersionRange("*"),
                List.of(),
                List.of(),
                RuntimeDeclaration.DEFAULT,
                Map.of(),
                ConfigSchema.NONE,
                "{}");
    }
}
