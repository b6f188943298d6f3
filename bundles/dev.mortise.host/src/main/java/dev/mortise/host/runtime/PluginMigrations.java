// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.data.Migration;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of a plugin to where its code expects them; blocks as long as that takes. */
record PluginMigrations(Artifact artifact, Supplier<Optional<PluginDatabase>> database) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginMigrations.class);

    /** Migrates, or says why that was refused; a plugin without migrations never touches the database. */
    Optional<Problem> run(List<Migration> migrations) {
        if (migrations.isEmpty()) {
            return Optional.empty();
        }
        Optional<Problem> twice = twice(migrations);
        if (twice.isPresent()) {
            return twice;
        }
        Optional<PluginDatabase> present = database.get();
        if (present.isEmpty()) {
            return Optional.of(problem("has migrations, but there is no database", "Put a database into the edition."));
        }
        try {
            PluginDatabase.Outcome outcome = present.get().migrate(artifact.identity(), migrations);
            return outcome instanceof PluginDatabase.Outcome.Refused refused
                    ? Optional.of(refused.problem())
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("plugin={} was not migrated", artifact.identity(), e);
            return Optional.of(problem("was not migrated: " + e.getMessage(), "See the log, and restart the plugin."));
        }
    }

    /** Answers the highest version, 0 for none. */
    static long highest(List<Migration> migrations) {
        return migrations.stream().mapToLong(Migration::version).max().orElse(0);
    }

    private Optional<Problem> twice(List<Migration> migrations) {
        Set<Long> seen = new HashSet<>();
        return migrations.stream()
                .filter(migration -> !seen.add(migration.version()))
                .findFirst()
                .map(migration -> problem(
                        "has two migrations with version " + migration.version(), "Give each a version of its own."));
    }

    private Problem problem(String what, String remedy) {
        return new MigrationProblem("Plugin '%s' %s.".formatted(artifact.id(), what), remedy);
    }
}
