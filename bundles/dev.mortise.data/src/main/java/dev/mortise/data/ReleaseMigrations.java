// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.api.data.Migration.Phase;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The migrations that a release of a plugin brings, in order, and how they stand to what was applied. */
record ReleaseMigrations(PluginIdentity plugin, List<Migration> migrations, Reach reach) {
    ReleaseMigrations {
        migrations = migrations.stream()
                .sorted(Comparator.comparingLong(Migration::version))
                .toList();
    }

    /** Answers what was not applied yet, in order. */
    List<Migration> pending(MigrationHistory history) {
        Map<Long, Applied> applied = history.byVersion();
        return migrations.stream()
                .filter(m -> !applied.containsKey(m.version()))
                .toList();
    }

    /** Answers what is to run now: while an older version runs, all before the first contract migration. */
    List<Migration> due(MigrationHistory history) {
        return pending(history).stream()
                .takeWhile(m -> reach == Reach.ALL || m.phase() == Phase.EXPAND)
                .toList();
    }

    /** Answers why this release can't run on a schema with this history, if so. */
    Optional<MigrationProblem> conflict(MigrationHistory history) {
        return twice().or(() -> altered(history))
                .or(() -> missing(history))
                .or(() -> contracted(history))
                .or(() -> blocked(history));
    }

    private Optional<MigrationProblem> twice() {
        Set<Long> seen = new HashSet<>();
        return migrations.stream()
                .filter(m -> !seen.add(m.version()))
                .findFirst()
                .map(m -> sentence(m)
                        .problem("has the number of another migration", "Give each migration a number of its own."));
    }

    private Optional<MigrationProblem> altered(MigrationHistory history) {
        Map<Long, Applied> applied = history.byVersion();
        for (Migration migration : migrations) {
            Applied before = applied.get(migration.version());
            if (before != null && !before.checksum().equals(Checksum.of(migration.up()))) {
                return Optional.of(edited(migration, before, history.newest()));
            }
            if (before == null && migration.version() < history.newest()) {
                return Optional.of(late(migration, history.newest()));
            }
        }
        return Optional.empty();
    }

    private MigrationProblem edited(Migration migration, Applied before, long newest) {
        return sentence(migration)
                .problem(
                        "was applied with other text (sha256 %s…, now %s…)"
                                .formatted(shortened(before.checksum()), shortened(Checksum.of(migration.up()))),
                        "Put the applied text back and write the change as migration " + (newest + 1) + ".");
    }

    private MigrationProblem late(Migration migration, long newest) {
        return sentence(migration)
                .problem(
                        "comes before migration " + newest + ", which is already applied",
                        "Number it " + (newest + 1) + ".");
    }

    private Optional<MigrationProblem> missing(MigrationHistory history) {
        Map<Long, Migration> brought = byVersion();
        return history.applied().stream()
                .filter(a -> a.version() < last() && !brought.containsKey(a.version()))
                .findFirst()
                .map(a -> new MigrationProblem(
                        "Migration %d (%s) of plugin '%s' was applied, but this release of the plugin does not bring it. Nothing was changed."
                                .formatted(a.version(), a.description(), plugin.id()),
                        "Put it back: what was applied once stays part of the plugin."));
    }

    /** Beyond the last one a newer release was here before: its expand migrations leave this one working, no other. */
    private Optional<MigrationProblem> contracted(MigrationHistory history) {
        return history.applied().stream()
                .filter(a -> a.version() > last() && a.phase() == Phase.CONTRACT)
                .findFirst()
                .map(a -> new MigrationProblem(
                        "Plugin '%s' %s can't run on this schema: contract migration %d (%s) was applied on %s."
                                .formatted(
                                        plugin.id(),
                                        plugin.version(),
                                        a.version(),
                                        a.description(),
                                        LocalDate.ofInstant(a.at(), ZoneOffset.UTC)),
                        "Deploy a version that contains it."));
    }

    private Optional<MigrationProblem> blocked(MigrationHistory history) {
        List<Migration> rest =
                pending(history).stream().skip(due(history).size()).toList();
        return rest.stream().filter(m -> m.phase() == Phase.EXPAND).findFirst().map(m -> behind(m, rest.get(0)));
    }

    private MigrationProblem behind(Migration migration, Migration contract) {
        return sentence(migration)
                .problem(
                        "comes after contract migration %d (%s), which can run only when no older version runs"
                                .formatted(contract.version(), contract.description()),
                        "Deploy the version that ends with migration %d first, or undeploy '%s' and deploy it again."
                                .formatted(contract.version(), plugin.id()));
    }

    private MigrationSentence sentence(Migration migration) {
        return MigrationSentence.of(plugin.id(), migration);
    }

    private long last() {
        return migrations.isEmpty() ? 0 : migrations.get(migrations.size() - 1).version();
    }

    private Map<Long, Migration> byVersion() {
        return migrations.stream().collect(Collectors.toMap(Migration::version, Function.identity()));
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(8, checksum.length()));
    }
}
