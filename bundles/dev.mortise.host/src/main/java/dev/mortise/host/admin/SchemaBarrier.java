// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.data.Migration;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds contract migrations that a version does not know: they took away what it needs. */
record SchemaBarrier(Supplier<Optional<PluginDatabase>> database) {
    private static final String REMEDY = "Deploy a version that contains it.";

    /** Answers why a version can't run on the tables as they are; of one whose code brings its migrations only its start tells. */
    Optional<Problem> against(Artifact artifact) {
        if (artifact.offersMigrations()) {
            return Optional.empty();
        }
        Set<Long> known = artifact.migrations().stream().map(Migration::version).collect(Collectors.toSet());
        return database.get().stream()
                .flatMap(present -> present.history(artifact.id()).stream())
                .filter(applied -> applied.phase() == Migration.Phase.CONTRACT && !known.contains(applied.version()))
                .findFirst()
                .map(applied -> problem(artifact, applied));
    }

    private static Problem problem(Artifact artifact, Applied applied) {
        return new MigrationProblem(
                "Plugin '%s' can't go to %s: contract migration %d (%s) was applied, which that version does not know. %s"
                        .formatted(
                                artifact.id(),
                                artifact.manifest().version(),
                                applied.version(),
                                applied.description(),
                                REMEDY),
                REMEDY);
    }
}
